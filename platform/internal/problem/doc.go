// Package problem is the one error type for anything a caller may see.
//
// A Problem carries an HTTP status, a stable code of package api and a
// sentence that says what to do. Any other error is internal: package web logs
// it once with the request id and answers 500 without its text.
package problem
