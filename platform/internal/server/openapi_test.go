package server_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/openapi"
	"github.com/selorax/sandbox/platform/platformtest"
)

var update = flag.Bool("update", false, "write api/openapi.json as the code has it")

// The document is what the routes, the types and the tables make, to the byte.
func TestOpenAPIDescribesEveryRoute(t *testing.T) {
	t.Parallel()
	comments, err := openapi.ReadComments(os.DirFS("../../api"))
	if err != nil {
		t.Fatal(err)
	}
	doc, err := openapi.Build(openapi.Source{Routes: platformtest.Start(t, platformtest.Config{}).Routes(), Comments: comments})
	if err != nil {
		t.Fatal(err)
	}
	var text bytes.Buffer
	enc := json.NewEncoder(&text)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", " ")
	if err := enc.Encode(doc); err != nil {
		t.Fatal(err)
	}
	if *update {
		if err := os.WriteFile("../../api/openapi.json", text.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if diff := cmp.Diff(string(api.OpenAPI), text.String()); diff != "" {
		t.Errorf("api/openapi.json is not what the code makes; run: go test ./internal/server -run OpenAPI -update\n(-have +want):\n%s", diff)
	}
}
