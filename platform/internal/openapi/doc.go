// Package openapi describes every route of the platform as one OpenAPI 3.1
// document.
//
// Build joins three sources, so that none can drift from the code: the routes
// as they are registered (method, path, who may call, scope), the Go types of
// package api with their comments, and the tables of this package, which say
// in words what a route does and which of those types it takes and gives. A
// route without a row, and a row without a route, is an error.
//
// The document is kept in api/openapi.json and served from there. A test of
// package server holds it to what Build makes; run it with -update after a
// change.
package openapi
