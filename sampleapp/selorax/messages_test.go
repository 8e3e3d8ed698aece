package selorax

import (
	"encoding/json"
	"net/http"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// A message with a key is sent again when the platform does not answer, under
// the same key; one without is not.
func TestSendRepeatsOnlyWithKey(t *testing.T) {
	t.Parallel()
	for key, want := range map[string][]string{"restock-7": {"restock-7", "restock-7"}, "": {""}} {
		var keys []string
		f := newFixture(t, func(w http.ResponseWriter, r *http.Request, call int) {
			keys = append(keys, r.Header.Get("Idempotency-Key"))
			if call == 1 {
				reply(w, 503, `{}`)
				return
			}
			reply(w, 202, `{"data":{"message_id":7,"status":"queued","segments":1}}`)
		})
		m, err := f.Send(t.Context(), "token", SMS, NewMessage{To: "01712345678", Message: "Back in stock", IdempotencyKey: key})
		if diff := cmp.Diff(want, keys); diff != "" || (err == nil) != (key != "") || err == nil && m.MessageID != 7 {
			t.Errorf("%+v %v %s", m, err, diff)
		}
	}
}

func TestMetafieldCalls(t *testing.T) {
	t.Parallel()
	f, asked := recorded(t, 200, `{"data":[{"namespace":"restock","key":"threshold","value":5}]}`)
	m := Metafield{ResourceType: "product", ResourceID: 158, Namespace: "restock", Key: "threshold", Value: json.RawMessage("5")}
	list, err := f.Metafields(t.Context(), "token", "product", 158)
	if err != nil || len(list) != 1 || string(list[0].Value) != "5" {
		t.Errorf("%+v %v", list, err)
	}
	if err := f.SetMetafield(t.Context(), "token", m); err != nil {
		t.Error(err)
	}
	if err := f.DeleteMetafield(t.Context(), "token", m); err != nil {
		t.Error(err)
	}
	want := []string{
		`GET /api/apps/v1/metafields?resource_id=158&resource_type=product `,
		`PUT /api/apps/v1/metafields/product/158/restock/threshold {"value":5}`,
		`DELETE /api/apps/v1/metafields/product/158/restock/threshold `,
	}
	if diff := cmp.Diff(want, *asked); diff != "" {
		t.Error(diff)
	}
}

func TestDefineMetafield(t *testing.T) {
	t.Parallel()
	f, asked := recorded(t, 409, `{"message":"It is declared already.","code":"conflict","status":409}`)
	err := f.DefineMetafield(t.Context(), "token", NewDefinition{Namespace: "restock", Key: "threshold", ResourceType: "product", ValueType: "integer", Name: "Threshold"})
	if !IsConflict(err) || len(*asked) != 1 {
		t.Errorf("%v after %d calls", err, len(*asked))
	}
}

func TestMessageOfTheApp(t *testing.T) {
	t.Parallel()
	f, _ := recorded(t, 200, `{"data":{"message_id":7,"status":"failed","to":"01712340000","error":"not in service","segments":null}}`)
	if m, err := f.Message(t.Context(), "token", 7); err != nil || m.Status != "failed" || m.Error == "" {
		t.Errorf("%+v %v", m, err)
	}
}
