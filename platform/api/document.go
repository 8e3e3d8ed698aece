package api

import _ "embed"

// OpenAPI is the OpenAPI 3.1 document of every route, as JSON.
//
//go:embed openapi.json
var OpenAPI []byte

// TopicSchemas is a JSON Schema with the body of every webhook: that of
// order.created is "#/$defs/order.created".
//
//go:embed topics.schema.json
var TopicSchemas []byte
