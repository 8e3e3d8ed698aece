package static

import "embed"

// Reference are the pages about what is served here: the protocol between a
// frame and its app, and what an extension may be made of.
//
//go:embed bridge/*.md ext/*.md
var Reference embed.FS
