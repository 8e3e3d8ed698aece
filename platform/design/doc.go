// Package design is the look of everything people see in a browser: one
// stylesheet of design tokens and pieces, and one set of drawn icons, shared
// by the dashboard and the platform's own pages. It imports nothing of ours.
//
// Stylesheet holds three layers, in this order: tokens (tokens.css: colours
// for light and dark, type, space, as custom properties), base (base.css:
// plain elements, focus, helpers) and pieces (pieces.css: button, card, table,
// badge, field, banner, toast, dialog, menu, tabs, lists, timeline, skeleton).
// A page adds its own rules after it, in no layer, so that they win.
//
// A page follows the system's light or dark mode; data-theme="light" or
// "dark" on the html element overrides it.
package design
