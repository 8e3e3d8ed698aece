package api

import "encoding/json"

// Resource types that metafields hang on.
const (
	ResourceOrder    = "order"
	ResourceProduct  = "product"
	ResourceCustomer = "customer"
	ResourceStore    = "store"
)

// ResourceTypes lists them.
var ResourceTypes = []string{ResourceOrder, ResourceProduct, ResourceCustomer, ResourceStore}

// Value types of metafields.
const (
	ValueString  = "string"  // at most 5000 characters
	ValueInteger = "integer" // within ±9007199254740991
	ValueNumber  = "number"
	ValueBoolean = "boolean"
	ValueDate    = "date" // 2026-01-31
	ValueJSON    = "json" // any value of at most 64 KiB
	ValueURL     = "url"  // http or https
)

// ValueTypes lists them.
var ValueTypes = []string{ValueString, ValueInteger, ValueNumber, ValueBoolean, ValueDate, ValueJSON, ValueURL}

// MetafieldDefinition declares a metafield of an app. Namespace and key are
// unique within the app.
type MetafieldDefinition struct {
	DefinitionID int64  `json:"definition_id"`
	AppID        int64  `json:"app_id"`
	Namespace    string `json:"namespace"` // lower case, digits and hyphens: my-app
	Key          string `json:"key"`       // lower case, digits and underscores: risk_score
	ResourceType string `json:"resource_type"`
	ValueType    string `json:"value_type"`
	Name         string `json:"name"`
	Description  string `json:"description"`
	CreatedAt    Time   `json:"created_at"`
}

// NewMetafieldDefinition is the body of POST
// /api/apps/v1/metafields/definitions.
type NewMetafieldDefinition struct {
	Namespace    string `json:"namespace"`
	Key          string `json:"key"`
	ResourceType string `json:"resource_type"`
	ValueType    string `json:"value_type"`
	Name         string `json:"name"`        // at most 255 characters
	Description  string `json:"description"` // at most 1000 characters
}

// Metafield is a value that an app keeps with a record of a store. Other apps
// do not see it.
type Metafield struct {
	MetafieldID  int64           `json:"metafield_id"`
	StoreID      int64           `json:"store_id"`
	ResourceType string          `json:"resource_type"`
	ResourceID   int64           `json:"resource_id"`
	Namespace    string          `json:"namespace"`
	Key          string          `json:"key"`
	ValueType    string          `json:"value_type"`
	Value        json.RawMessage `json:"value"`
	CreatedAt    Time            `json:"created_at"`
	UpdatedAt    Time            `json:"updated_at"`
}

// MetafieldInput is the body of PUT
// /api/apps/v1/metafields/{resource_type}/{resource_id}/{namespace}/{key}.
type MetafieldInput struct {
	Value json.RawMessage `json:"value"`
}
