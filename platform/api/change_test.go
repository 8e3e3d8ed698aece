package api_test

import (
	"encoding/json"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/selorax/sandbox/platform/api"
)

func TestChangeTellsAbsentFromNull(t *testing.T) {
	t.Parallel()
	type update struct {
		Note  api.Change[string]    `json:"note,omitzero"`
		Price api.Change[api.Money] `json:"price,omitzero"`
	}
	for text, want := range map[string]update{
		`{}`:                          {},
		`{"note":null}`:               {Note: api.Change[string]{Given: true}},
		`{"note":"","price":1460.00}`: {Note: api.To(""), Price: api.To(api.Money(146000))},
	} {
		var got update
		if err := json.Unmarshal([]byte(text), &got); err != nil {
			t.Errorf("%s: %v", text, err)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", text, diff)
		}
		back, err := json.Marshal(got)
		if err != nil || string(back) != text {
			t.Errorf("%s came back as %s, %v", text, back, err)
		}
	}
}
