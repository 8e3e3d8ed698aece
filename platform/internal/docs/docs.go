package docs

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"path"
	"strings"
	"sync"

	"github.com/swaggest/swgui/v5/static"
	"sigs.k8s.io/yaml"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/design"
	"github.com/selorax/sandbox/platform/internal/problem"
	"github.com/selorax/sandbox/platform/internal/web"
	"github.com/selorax/sandbox/platform/sdk"
)

//go:embed web
var own embed.FS

// policy lets the page run its own scripts and call this server. Swagger UI
// writes styles into its elements.
const policy = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self'; " +
	"base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

// Routes registers the page, its files and the document.
func Routes(r *web.Router) {
	r.Public(http.MethodGet, "/api/docs", page)
	r.Public(http.MethodGet, "/api/docs/openapi.json", document)
	r.Public(http.MethodGet, "/api/docs/openapi.yaml", document)
	r.Public(http.MethodGet, "/api/docs/{file}", file)
	r.Public(http.MethodGet, "/sdk/app-bridge.js", script(sdk.AppBridge()))
	r.Public(http.MethodGet, "/sdk/ui.js", script(sdk.UI()))
}

func page(w http.ResponseWriter, r *http.Request) error {
	w.Header().Set("Content-Security-Policy", policy)
	w.Header().Set("Referrer-Policy", "no-referrer")
	return serve(w, r, "index.html")
}

// script serves a script for pages that are on other sites.
func script(text []byte) web.Handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		w.Header().Set("Cross-Origin-Resource-Policy", "cross-origin")
		w.Header().Set("Access-Control-Allow-Origin", "*") // so that a page may hold it to its hash
		return send(w, r, kinds[".js"], text)
	}
}

// inYAML is the document in the same order of keys every time.
var inYAML = sync.OnceValues(func() ([]byte, error) { return yaml.JSONToYAML(api.OpenAPI) })

func document(w http.ResponseWriter, r *http.Request) error {
	text, kind := api.OpenAPI, "application/json; charset=utf-8"
	if path.Ext(r.URL.Path) == ".yaml" {
		var err error
		if text, err = inYAML(); err != nil {
			return err
		}
		kind = "application/yaml; charset=utf-8"
	}
	return send(w, r, kind, text)
}

func file(w http.ResponseWriter, r *http.Request) error {
	name := web.PathText(r, "file")
	if name == "index.html" {
		return missing(name)
	}
	return serve(w, r, name)
}

func missing(name string) error {
	return problem.New(http.StatusNotFound, api.CodeNotFound, "The documentation has no file %q.", name)
}

// kinds are the files that are served, by ending.
var kinds = map[string]string{
	".html": "text/html; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".css": "text/css; charset=utf-8", ".png": "image/png", ".svg": "image/svg+xml",
}

func serve(w http.ResponseWriter, r *http.Request, name string) error {
	kind, known := kinds[path.Ext(name)]
	text, err := read(name)
	if !known || err != nil {
		return missing(name)
	}
	return send(w, r, kind, text)
}

// read returns a file of ours, of the design or of Swagger UI.
func read(name string) ([]byte, error) {
	switch name {
	case "design.css":
		return design.Stylesheet(), nil
	case "mark.svg":
		return design.MarkSVG(), nil
	}
	if text, err := fs.ReadFile(own, "web/"+name); err == nil {
		return text, nil
	}
	if !strings.HasPrefix(name, "swagger-ui") {
		return nil, fs.ErrNotExist
	}
	packed, err := static.FS.Open(name + ".gz")
	if err != nil {
		return nil, err
	}
	defer packed.Close()
	unpacked, err := gzip.NewReader(packed)
	if err != nil {
		return nil, err
	}
	return io.ReadAll(unpacked)
}

// send answers with a file, which the browser asks for again and gets only
// when it has changed.
func send(w http.ResponseWriter, r *http.Request, kind string, text []byte) error {
	sum := sha256.Sum256(text)
	tag := fmt.Sprintf("%q", hex.EncodeToString(sum[:8]))
	h := w.Header()
	h.Set("Content-Type", kind)
	h.Set("ETag", tag)
	h.Set("Cache-Control", "no-cache")
	h.Set("X-Content-Type-Options", "nosniff")
	if r.Header.Get("If-None-Match") == tag {
		w.WriteHeader(http.StatusNotModified)
		return nil
	}
	_, _ = io.Copy(w, bytes.NewReader(text)) // the reader has gone: nobody is left to tell
	return nil
}
