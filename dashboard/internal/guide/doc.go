// Package guide makes pages of the guides' Markdown.
//
// The index, docs/README.md, is read first: its links, in their order, are the
// pages, its second-level headings the groups they stand in. A page is known
// by its file's name in lower case without the extension, the index by "".
//
// Links between files of a library lead to their pages, so that they work on a
// forge and here; links to other files of the repository, which are not served,
// become the text they hold. Raw HTML is left out. Tables, code and headings
// get what the dashboard's pages need: scopes, copy buttons, anchors.
package guide
