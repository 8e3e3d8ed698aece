package openapitest_test

import (
	"strings"
	"testing"

	"github.com/selorax/sandbox/platform/internal/openapi/openapitest"
)

const store = `{"message":"Store fetched successfully","status":200,"data":{"store_id":22,"name":"FloristBD","email":"a@b.example",
	"phone":"01700000000","currency":"BDT","image":null,"address":"Dhaka","domain":"floristbd.com","language":"en",
	"created_at":"2024-08-01T00:00:00.000Z","updated_at":"2025-06-10T12:00:00.000Z"}}`

// So does that of webhooks.
func TestWebhooksThatDoNotConformAreNamed(t *testing.T) {
	t.Parallel()
	const body = `{"event_id":"550e8400-e29b-41d4-a716-446655440000","event_topic":"shop/redact","store_id":22,
		"timestamp":"2026-03-01T12:00:00.000Z","data":{"store_id":22,"redact_requested_at":"2026-03-01T12:00:00.000Z"}}`
	if err := openapitest.TopicConforms("shop/redact", []byte(body)); err != nil {
		t.Fatal(err)
	}
	for name, change := range map[string][2]string{
		"a missing field":       {`"store_id":22,"redact`, `"redact`},
		"an undocumented field": {`"data":{`, `"data":{"reason":"x",`},
		"another topic":         {`"event_topic":"shop/redact"`, `"event_topic":"customers/redact"`},
		"no uuid":               {`550e8400-`, `x-`},
		"a wrong type": {`"store_id":22,
`, `"store_id":"22",
`},
	} {
		changed := strings.Replace(body, change[0], change[1], 1)
		if changed == body {
			t.Fatalf("%s changes nothing", name)
		}
		if openapitest.TopicConforms("shop/redact", []byte(changed)) == nil {
			t.Errorf("%s went through", name)
		}
	}
	if openapitest.TopicConforms("shop/closed", []byte(body)) == nil {
		t.Error("an unknown topic went through")
	}
}

// The validator bites: each of these differs from the document in one thing.
func TestWhatDoesNotConformIsNamed(t *testing.T) {
	t.Parallel()
	answer := func(body string) openapitest.Answer {
		return openapitest.Answer{Method: "GET", Path: "/api/apps/v1/store?x=1", Status: 200, ContentType: "application/json; charset=utf-8", Body: []byte(body)}
	}
	if err := openapitest.Conforms(answer(store)); err != nil {
		t.Fatal(err)
	}
	for name, change := range map[string][2]string{
		"a missing field":        {`"currency":"BDT",`, ``},
		"an undocumented field":  {`"language"`, `"lang":"en","language"`},
		"text for a number":      {`"store_id":22`, `"store_id":"22"`},
		"null where none may be": {`"name":"FloristBD"`, `"name":null`},
		"another status inside":  {`"status":200`, `"status":201`},
		"not a time":             {`2024-08-01T00:00:00.000Z`, `yesterday`},
		"no envelope":            {`"message":"Store fetched successfully",`, ``},
	} {
		body := strings.Replace(store, change[0], change[1], 1)
		if body == store {
			t.Fatalf("%s changes nothing", name)
		}
		if openapitest.Conforms(answer(body)) == nil {
			t.Errorf("%s went through", name)
		}
	}
	for name, a := range map[string]openapitest.Answer{
		"an error without a code": {Method: "GET", Path: "/api/apps/v1/store", Status: 401, ContentType: "application/json", Body: []byte(`{"message":"No.","status":401}`)},
		"half an answer":          {Method: "GET", Path: "/api/apps/v1/store", Status: 200, ContentType: "application/json", Body: []byte(`{"message":`)},
		"a list without its page": {Method: "GET", Path: "/api/apps/v1/orders", Status: 200, ContentType: "application/json", Body: []byte(`{"message":"","status":200,"data":[]}`)},
	} {
		if openapitest.Conforms(a) == nil {
			t.Errorf("%s went through", name)
		}
	}
}
