package ui

import (
	"crypto/sha256"
	_ "embed" // for the stylesheet
	"encoding/hex"
	"net/http"
	"strconv"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/design"
	"github.com/selorax/sandbox/platform/internal/problem"
	"github.com/selorax/sandbox/platform/internal/web"
)

var (
	//go:embed page.css
	pageCSS []byte

	stylesheet = newAsset("page", ".css", "text/css; charset=utf-8", append(design.Stylesheet(), pageCSS...))
	mark       = newAsset("mark", ".svg", "image/svg+xml", design.MarkSVG())
	assets     = []asset{stylesheet, mark}
)

// asset is a file that never changes under its URL.
type asset struct {
	name, contentType string
	content           []byte
}

func newAsset(name, extension, contentType string, content []byte) asset {
	sum := sha256.Sum256(content)
	return asset{name + "-" + hex.EncodeToString(sum[:6]) + extension, contentType, content}
}

// url is where the page finds the asset.
func (a asset) url() string { return "/assets/" + a.name }

func serveAsset(w http.ResponseWriter, r *http.Request) error {
	for _, a := range assets {
		if a.name == web.PathText(r, "name") {
			return send(w, http.StatusOK, a.contentType, "public, max-age=31536000, immutable", a.content)
		}
	}
	return problem.New(http.StatusNotFound, api.CodeNotFound, "There is no such file. Reload the page that names it.")
}

func send(w http.ResponseWriter, status int, contentType, caching string, body []byte) error {
	h := w.Header()
	h.Set("Content-Type", contentType)
	h.Set("Content-Length", strconv.Itoa(len(body)))
	h.Set("Cache-Control", caching)
	w.WriteHeader(status)
	_, _ = w.Write(body) // the reader has gone: nobody is left to tell
	return nil
}
