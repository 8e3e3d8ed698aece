// Package journey tells a story through the real programs and a real browser,
// step by step. Every step prints one line and leaves a screenshot; a step
// that fails also leaves the page as HTML and what the programs wrote.
package journey
