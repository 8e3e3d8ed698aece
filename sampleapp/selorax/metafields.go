package selorax

import (
	"context"
	"encoding/json"
	"net/http"
	"net/url"
	"strconv"
)

// NewDefinition declares a metafield of the app, once for all stores.
type NewDefinition struct {
	Namespace    string `json:"namespace"`     // lower case, digits and hyphens: my-app
	Key          string `json:"key"`           // lower case, digits and underscores: risk_score
	ResourceType string `json:"resource_type"` // order | product | customer | store
	ValueType    string `json:"value_type"`    // string | integer | number | boolean | date | json | url
	Name         string `json:"name"`
}

// Metafield is a value that the app keeps with a record of a store. Other apps
// do not see it.
type Metafield struct {
	ResourceType string          `json:"resource_type"`
	ResourceID   int64           `json:"resource_id"`
	Namespace    string          `json:"namespace"`
	Key          string          `json:"key"`
	Value        json.RawMessage `json:"value"`
}

// DefineMetafield declares a metafield. One that is declared already is a
// conflict, which a start of the app may ignore. Scope write:metafields.
func (c *Client) DefineMetafield(ctx context.Context, accessToken string, n NewDefinition) error {
	_, err := post[struct{}](ctx, c, accessToken, "/apps/v1/metafields/definitions", n, "")
	return err
}

// Metafields returns the app's values on a record. Scope read:metafields.
func (c *Client) Metafields(ctx context.Context, accessToken, resourceType string, resourceID int64) ([]Metafield, error) {
	var answer struct{ Data []Metafield }
	query := url.Values{"resource_type": {resourceType}, "resource_id": {strconv.FormatInt(resourceID, 10)}}
	err := c.get(ctx, accessToken, "/apps/v1/metafields", query, &answer)
	return answer.Data, err
}

// SetMetafield sets a value. Scope write:metafields.
func (c *Client) SetMetafield(ctx context.Context, accessToken string, m Metafield) error {
	body, err := json.Marshal(map[string]json.RawMessage{"value": m.Value})
	if err != nil {
		return err
	}
	var answer struct{ Data json.RawMessage }
	return c.do(ctx, request{method: http.MethodPut, path: m.path(), accessToken: accessToken, body: body, repeatable: true}, &answer)
}

// DeleteMetafield deletes a value. Scope write:metafields.
func (c *Client) DeleteMetafield(ctx context.Context, accessToken string, m Metafield) error {
	var answer struct{ Data json.RawMessage }
	return c.do(ctx, request{method: http.MethodDelete, path: m.path(), accessToken: accessToken, repeatable: true}, &answer)
}

func (m Metafield) path() string {
	return "/apps/v1/metafields/" + url.PathEscape(m.ResourceType) + "/" + strconv.FormatInt(m.ResourceID, 10) + "/" +
		url.PathEscape(m.Namespace) + "/" + url.PathEscape(m.Key)
}
