package platformtest

import (
	"encoding/json"
	"fmt"
	"maps"
	"net/http"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/sdk"
)

// DeployScript adds an extension of mode sandbox to an app: its fields, and the
// script that it runs.
func (p *Platform) DeployScript(slug string, fields map[string]any, script string) {
	id := fmt.Sprint(fields["extension_id"])
	fields = maps.Clone(fields)
	fields["mode"], fields["sandbox_url"] = api.ExtensionSandbox, fmt.Sprintf("%s/scripts/%s.js", p.PublicURL, id)
	p.mu.Lock()
	defer p.mu.Unlock()
	target, _ := fields["target"].(string)
	p.extensions = append(p.extensions, deployed{slug: slug, target: target, fields: fields, script: script})
}

// sandboxRoutes are the pages that run the scripts of extensions, as the
// platform serves them, and the scripts.
func (p *Platform) sandboxRoutes(mux *http.ServeMux) {
	mux.HandleFunc("GET /sdk/ui.js", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/javascript")
		_, _ = w.Write(sdk.UI())
	})
	mux.HandleFunc("GET /sdk/frame/{installation}/{extension}/{version}", func(w http.ResponseWriter, r *http.Request) {
		p.mu.Lock()
		defer p.mu.Unlock()
		ui, script := p.PublicURL+"/sdk/ui.js", fmt.Sprintf("%s/scripts/%s.js", p.PublicURL, r.PathValue("extension"))
		w.Header().Set("Content-Security-Policy", fmt.Sprintf("sandbox allow-scripts; default-src 'none'; script-src %s %s; style-src 'unsafe-inline'; img-src data:; "+
			"base-uri 'none'; form-action 'none'; frame-ancestors %s", ui, script, p.dashboardURL))
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		fmt.Fprintf(w, "<!doctype html><html lang=\"en\"><title>x</title><script src=%q></script><body><script src=%q></script>", ui, script)
	})
	mux.HandleFunc("GET /scripts/{file}", func(w http.ResponseWriter, r *http.Request) {
		p.mu.Lock()
		defer p.mu.Unlock()
		for _, d := range p.extensions {
			if d.script != "" && r.PathValue("file") == fmt.Sprintf("%s.js", d.fields["extension_id"]) {
				w.Header().Set("Content-Type", "text/javascript")
				_, _ = w.Write([]byte(d.script))
				return
			}
		}
		http.NotFound(w, r)
	})
}

// API makes f answer what extensions of mode sandbox ask of the API.
func (p *Platform) API(f func(api.ExtensionAPIRequest) api.ExtensionAPIAnswer) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.extensionAPI = f
}

func (p *Platform) callAPI(c call) (any, error) {
	var in api.ExtensionAPIRequest
	if err := json.NewDecoder(c.Body).Decode(&in); err != nil {
		return nil, refuse(http.StatusBadRequest, api.CodeValidation, "The body is not JSON.")
	}
	if p.extensionAPI == nil {
		return nil, notFound("There is nothing at %s.", in.Path)
	}
	return p.extensionAPI(in), nil
}
