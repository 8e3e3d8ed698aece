package design

import (
	_ "embed" // for the files below
)

var (
	//go:embed tokens.css
	tokensCSS string
	//go:embed base.css
	baseCSS string
	//go:embed mark.svg
	markSVG string
)

// TokensCSS is the custom properties: colours, type, space, motion.
func TokensCSS() string { return tokensCSS }

// Stylesheet is the tokens followed by the pieces: button, card, table, badge,
// field, banner, dialog, tabs, key-value list, timeline, skeleton, empty
// state.
func Stylesheet() string { return tokensCSS + "\n" + baseCSS }

// MarkSVG is the platform's mark as an SVG file of its own.
func MarkSVG() string { return markSVG }
