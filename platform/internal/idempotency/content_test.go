package idempotency_test

import (
	"encoding/json"
	"testing"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/idempotency"
)

func TestContentIsWhatIsAskedFor(t *testing.T) {
	t.Parallel()
	hash := func(body string) string {
		t.Helper()
		var in api.NewDebit
		if err := json.Unmarshal([]byte(body), &in); err != nil {
			t.Fatal(err)
		}
		text, err := idempotency.Content(in)
		if err != nil {
			t.Fatal(err)
		}
		return text
	}
	one := hash(`{"amount": 2.50, "description": "SMS", "metadata": {"a": 1, "b": 9007199254740993}, "idempotency_key": "x"}`)
	if again := hash(`{"idempotency_key": "y", "metadata": {"b":9007199254740993,"a":1}, "description": "SMS", "amount": 2.5}`); again != one {
		t.Error("another spelling is other content")
	}
	for _, other := range []string{
		`{"amount": 2.51, "description": "SMS", "metadata": {"a": 1, "b": 9007199254740993}}`,
		`{"amount": 2.50, "description": "SMS", "metadata": {"a": 1, "b": 9007199254740992}}`,
		`{"amount": 2.50, "description": "SMS"}`,
	} {
		if hash(other) == one {
			t.Errorf("%s is the same content", other)
		}
	}
}
