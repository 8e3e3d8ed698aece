// Package docs serves the API's documentation: the OpenAPI document as JSON
// and as YAML, and a page to read and try it in. The reader is Swagger UI,
// which comes as a Go module; nothing is fetched from elsewhere.
package docs
