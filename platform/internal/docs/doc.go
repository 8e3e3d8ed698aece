// Package docs serves what developers read and load: the OpenAPI document as
// JSON and as YAML, a page to read and try it in, and the script of the app
// bridge. The reader is Swagger UI, which comes as a Go module; nothing is
// fetched from elsewhere.
package docs
