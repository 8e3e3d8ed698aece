package server_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"net/http"
	"os"
	"strings"
	"testing"
	"time"

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
	start := time.Date(2026, 1, 31, 6, 0, 0, 0, time.UTC)
	p := platformtest.Start(t, platformtest.Config{StartAt: &start})
	doc, err := openapi.Build(openapi.Source{Routes: p.Routes(), Comments: comments, Examples: examples(t, p)})
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
	topics := topicSchemas(t, comments)
	if *update {
		if err := os.WriteFile("../../api/topics.schema.json", topics, 0o644); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile("../../api/openapi.json", text.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if diff := cmp.Diff(string(api.TopicSchemas), string(topics)); diff != "" {
		t.Errorf("api/topics.schema.json is not what the code makes; run: go test ./internal/server -run OpenAPI -update\n(-have +want):\n%s", diff)
	}
	if diff := cmp.Diff(string(api.OpenAPI), text.String()); diff != "" {
		t.Errorf("api/openapi.json is not what the code makes; run: go test ./internal/server -run OpenAPI -update\n(-have +want):\n%s", diff)
	}
}

func topicSchemas(t *testing.T, comments openapi.Comments) []byte {
	t.Helper()
	doc, err := openapi.Topics(comments)
	if err != nil {
		t.Fatal(err)
	}
	text, err := json.MarshalIndent(doc, "", " ")
	if err != nil {
		t.Fatal(err)
	}
	return append(text, '\n')
}

// examples are what the seed answers.
func examples(t *testing.T, p *platformtest.Platform) map[string]any {
	p.Install("my-app", 22)
	answers := map[string]any{}
	for route, path := range openapi.Examples() {
		h := p.Client("my-app", 22)
		if !strings.HasPrefix(path, "/api/apps/v1/") {
			h = platformtest.User(p.Login(platformtest.FloristMerchant))
		}
		a := p.Do(http.MethodGet, path, h, nil)
		if a.Status != http.StatusOK {
			t.Errorf("the example of %s: %d %s", route, a.Status, a.Body)
		}
		answers[route] = json.RawMessage(bytes.ReplaceAll(a.Body, []byte(p.URL), []byte("http://api.selorax.localhost:5001")))
	}
	return answers
}
