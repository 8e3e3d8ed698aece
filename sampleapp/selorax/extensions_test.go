package selorax

import (
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestDeploy(t *testing.T) {
	t.Parallel()
	f := newFixture(t, func(w http.ResponseWriter, r *http.Request, call int) {
		body, _ := io.ReadAll(r.Body)
		got := []string{r.Method, r.URL.Path, r.Header.Get("X-Client-Id"), r.Header.Get("X-Client-Secret"), r.Header.Get("Authorization"), string(body)}
		want := []string{"POST", "/api/apps/extensions/app/deploy", clientID, "sx_secret_1", "",
			`{"extensions":[{"extension_id":"low-stock"}],"message":"first"}`}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Error(diff)
		}
		if call == 1 {
			reply(w, 502, `<html>`)
			return
		}
		reply(w, 200, `{"data":{"version":3,"deployed":1,"installations_updated":4}}`)
	})
	got, err := f.Deploy(t.Context(), []json.RawMessage{json.RawMessage(`{"extension_id":"low-stock"}`)}, "first")
	if diff := cmp.Diff(Deployed{Version: 3, Deployed: 1, InstallationsUpdated: 4}, got); diff != "" || err != nil {
		t.Error(diff, err)
	}
}

func TestRefusedDeploySaysWhatIsWrong(t *testing.T) {
	t.Parallel()
	f := newFixture(t, func(w http.ResponseWriter, _ *http.Request, _ int) {
		reply(w, 400, `{"message":"The set was refused.","code":"invalid_extensions","errors":["low-stock: the target is unknown."]}`)
	})
	_, err := f.Deploy(t.Context(), nil, "")
	var refused *Error
	if !errors.As(err, &refused) || f.calls != 1 {
		t.Fatalf("%v after %d calls", err, f.calls)
	}
	if diff := cmp.Diff([]string{"low-stock: the target is unknown."}, refused.Errors); diff != "" {
		t.Error(diff)
	}
}
