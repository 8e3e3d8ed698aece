package page

import (
	"bytes"
	"embed"
	"html/template"
	"io/fs"
	"net/http"
	"path"
	"slices"
	"strconv"
	"strings"

	"github.com/selorax/sandbox/platform/api"

	"github.com/selorax/sandbox/dashboard/internal/session"
	"github.com/selorax/sandbox/dashboard/internal/static"
)

//go:embed templates
var templates embed.FS

// View is what every page shows beside its own Data.
type View struct {
	Title   string
	Section string // the navigation item that is current: "orders", "app:restock"
	Theme   string // "light", "dark" or "" for the system's
	Flash   *session.Flash
	Account *api.Account // nil when signed out
	Store   *api.StoreRef
	Apps    []api.InstalledApp
	Links   map[string][]Link // of the apps in the navigation, by slug
	Slots   *Slots            // nil: no places for extensions
	Targets []string          // at which apps show something
	Clock   *Clock            // nil but for developers
	Search  string            // what was searched for in the whole store
	Path    string            // of the request, with its query: where a retry leads
	Data    any
}

// Developer reports whether the user has the developer's pages.
func (v View) Developer() bool {
	return v.Account != nil && slices.Contains(v.Account.Roles, api.RoleDeveloper)
}

// Shows reports whether an app shows something at a target.
func (v View) Shows(target string) bool { return slices.Contains(v.Targets, target) }

// Pages are the parsed templates.
type Pages struct{ byName map[string]*template.Template }

// Load parses every page. Pictures that are paths are on the platform, at the
// origin that browsers reach it by.
func Load(assets *static.Assets, platform string) (*Pages, error) {
	p := &Pages{byName: map[string]*template.Template{}}
	for _, layout := range []string{"shell", "bare", "docs"} {
		base, err := template.New(layout).Funcs(funcs(assets, platform)).ParseFS(templates, "templates/part/*.html", "templates/"+layout+".html")
		if err != nil {
			return nil, err
		}
		files, err := fs.Glob(templates, "templates/"+layout+"/*.html")
		if err != nil {
			return nil, err
		}
		for _, file := range files {
			one, err := template.Must(base.Clone()).ParseFS(templates, file)
			if err != nil {
				return nil, err
			}
			p.byName[layout+"/"+strings.TrimSuffix(path.Base(file), ".html")] = one
		}
	}
	return p, nil
}

// Write answers with a page.
func (p *Pages) Write(w http.ResponseWriter, status int, name string, v View) error {
	var b bytes.Buffer
	layout, _, _ := strings.Cut(name, "/")
	if err := p.byName[name].ExecuteTemplate(&b, layout+".html", v); err != nil {
		return err
	}
	h := w.Header()
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("Content-Length", strconv.Itoa(b.Len()))
	h.Set("Cache-Control", "no-store")
	w.WriteHeader(status)
	_, _ = w.Write(b.Bytes()) // the browser has gone: nobody is left to tell
	return nil
}

// Root is the path of the store's home, "/22".
func (v View) Root() string {
	if v.Store == nil {
		return ""
	}
	return "/" + strconv.FormatInt(v.Store.StoreID, 10)
}
