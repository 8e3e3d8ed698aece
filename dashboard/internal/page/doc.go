// Package page renders the dashboard's pages from embedded templates.
//
// A page is a template in templates/shell (inside the navigation of a store),
// templates/bare (a card on an empty page) or templates/docs (inside the list
// of guides); it defines "content" and is rendered by its name, such as
// "shell/orders". Pieces shared by pages are in
// templates/part. A page is rendered into a buffer first, so that a failing
// template cannot send half a page.
package page
