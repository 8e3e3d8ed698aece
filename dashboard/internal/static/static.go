package static

import (
	"bytes"
	"crypto/sha256"
	"embed"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"html/template"
	"net/http"
	"path"
	"strings"
	"time"

	"github.com/selorax/sandbox/platform/design"
)

// Prefix is where the assets are served.
const Prefix = "/static/"

//go:embed css js bridge/*.js bridge/*.css ext/*.js ext/*.css
var embedded embed.FS

// styles are the dashboard's own rules, in the order in which they apply.
var styles = []string{"css/shell.css", "css/pages.css", "css/billing.css", "css/custom.css", "css/settings.css", "css/inbox.css", "css/developer.css", "css/search.css", "css/gallery.css", "css/portal.css", "css/docs.css", "bridge/frame.css", "ext/ext.css", "css/phone.css"}

type file struct {
	body func() []byte
	kind string
}

// Assets are the files with their hashed URLs.
type Assets struct {
	urls    map[string]string // "js/main.js" → "/static/js/main.0123456789.js"
	byURL   map[string]file
	imports []byte
}

// Load reads the embedded files.
func Load() (*Assets, error) {
	a := &Assets{urls: map[string]string{}, byURL: map[string]file{}}
	sheet, err := stylesheet()
	if err != nil {
		return nil, err
	}
	a.add("dashboard.css", "text/css; charset=utf-8", sheet, nil)
	a.add("icon.svg", "image/svg+xml", design.MarkSVG(), nil)
	all, err := scripts()
	if err != nil {
		return nil, err
	}
	modules := map[string]string{}
	for name, s := range all {
		modules[Prefix+name] = a.add(name, "text/javascript; charset=utf-8", s.source, s.served)
	}
	a.imports, err = json.Marshal(map[string]any{"imports": modules})
	return a, err
}

func stylesheet() ([]byte, error) {
	parts := [][]byte{design.Stylesheet()}
	for _, name := range styles {
		body, err := embedded.ReadFile(name)
		if err != nil {
			return nil, err
		}
		parts = append(parts, body)
	}
	return bytes.Join(parts, []byte("\n")), nil
}

// add gives a file an address with the hash of what it is made of. It is served
// as it stands unless served says otherwise.
func (a *Assets) add(name, kind string, source []byte, served func() []byte) (url string) {
	sum := sha256.Sum256(source)
	ext := path.Ext(name)
	url = Prefix + strings.TrimSuffix(name, ext) + "." + hex.EncodeToString(sum[:5]) + ext
	if served == nil {
		served = func() []byte { return source }
	}
	a.urls[name], a.byURL[url] = url, file{served, kind}
	return url
}

// URL returns the hashed URL of a file.
func (a *Assets) URL(name string) (string, error) {
	url, ok := a.urls[name]
	if !ok {
		return "", fmt.Errorf("static: there is no file %q", name)
	}
	return url, nil
}

// ImportMap is the text of the page's import map. It is typed as HTML because
// html/template does not take an import map for a script; JSON as json.Marshal
// writes it has nothing that could end the element. To html/template it is HTML:
// a script of a type that the package does not take for JavaScript.
func (a *Assets) ImportMap() template.HTML { return template.HTML(a.imports) }

// ImportMapHash is the source expression that admits the import map.
func (a *Assets) ImportMapHash() string {
	sum := sha256.Sum256(a.imports)
	return "'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'"
}

// ServeHTTP serves a file under its hashed URL.
func (a *Assets) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	f, ok := a.byURL[r.URL.Path]
	if !ok {
		http.NotFound(w, r)
		return
	}
	w.Header().Set("Content-Type", f.kind)
	w.Header().Set("Cache-Control", "public, max-age=31536000, immutable")
	w.Header().Set("X-Content-Type-Options", "nosniff")
	http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(f.body()))
}
