package metafield

import (
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/db"
	"github.com/selorax/sandbox/platform/internal/problem"
)

// maxDefinitions is how many metafields an app may define.
const maxDefinitions = 200

var (
	namespaces = regexp.MustCompile(`^[a-z0-9]([a-z0-9-]{0,48}[a-z0-9])?$`)
	keys       = regexp.MustCompile(`^[a-z0-9]([a-z0-9_]{0,48}[a-z0-9])?$`)
)

// define adds a definition to an app.
func define(tx *db.Tx, appID int64, in api.NewMetafieldDefinition) (d api.MetafieldDefinition, err error) {
	if err := checkDefinition(in); err != nil {
		return d, err
	}
	d = api.MetafieldDefinition{
		AppID: appID, Namespace: in.Namespace, Key: in.Key, ResourceType: in.ResourceType, ValueType: in.ValueType,
		Name: in.Name, Description: in.Description, CreatedAt: api.Time{Time: tx.Now},
	}
	if err := tx.Exclusive("metafield definitions"); err != nil {
		return d, err
	}
	if _, err = definition(tx, appID, in.Namespace, in.Key); err == nil {
		return d, problem.Conflict("The metafield %s.%s is defined already.", in.Namespace, in.Key)
	} else if !db.IsNone(err) {
		return d, err
	}
	n, err := countDefinitions(tx, appID)
	if err != nil {
		return d, err
	}
	if n >= maxDefinitions {
		return d, problem.Conflict("An app may define at most %d metafields.", maxDefinitions)
	}
	d.DefinitionID, err = insertDefinition(tx, d)
	return d, err
}

func checkDefinition(in api.NewMetafieldDefinition) error {
	var bad []api.FieldError
	require := func(ok bool, field, message string) {
		if !ok {
			bad = append(bad, api.FieldError{Field: field, Message: message})
		}
	}
	require(namespaces.MatchString(in.Namespace), "namespace", "must have 1 to 50 lower-case letters and digits, with hyphens between them")
	require(keys.MatchString(in.Key), "key", "must have 1 to 50 lower-case letters and digits, with underscores between them")
	require(slices.Contains(api.ResourceTypes, in.ResourceType), "resource_type", "must be one of "+strings.Join(api.ResourceTypes, ", "))
	require(slices.Contains(api.ValueTypes, in.ValueType), "value_type", "must be one of "+strings.Join(api.ValueTypes, ", "))
	require(utf8.RuneCountInString(in.Name) <= 255, "name", "must have at most 255 characters")
	require(utf8.RuneCountInString(in.Description) <= 1000, "description", "must have at most 1000 characters")
	if bad != nil {
		return problem.Validation(bad...)
	}
	return nil
}

// undefine deletes a definition of an app with its values in every store.
func undefine(tx *db.Tx, appID, definitionID int64) (api.Deleted, error) {
	gone, err := deleteDefinition(tx, appID, definitionID)
	if err == nil && !gone {
		err = problem.NotFound("metafield definition", definitionID)
	}
	return api.Deleted{ID: definitionID}, err
}
