// Package docs holds the guides for people who build apps: Markdown that reads
// well on a forge, and that the dashboard serves at /docs.
//
// README.md is the index: the order of its links is the order of the guides.
// Every command and file in a guide is run by the end-to-end tests.
package docs

import "embed"

// Guides are the Markdown files.
//
//go:embed *.md
var Guides embed.FS
