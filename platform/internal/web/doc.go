// Package web is the HTTP edge: routes with the rights they need, decoding,
// the envelope and the one place where an error becomes an answer.
//
// A handler decodes, calls its use case and writes; it returns errors and
// never writes them. Who calls travels as a Caller in the request's context.
// Tenancy is checked here: a route with a store in its path or query runs only
// for callers who may open that store, and answers not_found otherwise.
package web
