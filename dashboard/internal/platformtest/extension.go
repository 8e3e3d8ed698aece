package platformtest

import (
	"encoding/json"
	"fmt"
	"maps"
	"net/http"

	"github.com/selorax/sandbox/platform/api"
)

// deployed is an extension of an app, as JSON: a test may deploy what the
// platform would refuse.
type deployed struct {
	slug, target string
	fields       map[string]any
	script       string // of mode sandbox
}

// Deploy adds an extension to an app. Its text is the object that an app
// deploys.
func (p *Platform) Deploy(slug, extension string) {
	d := deployed{slug: slug}
	if err := json.Unmarshal([]byte(extension), &d.fields); err != nil {
		panic(err)
	}
	d.target, _ = d.fields["target"].(string)
	p.mu.Lock()
	defer p.mu.Unlock()
	p.extensions = append(p.extensions, d)
}

// Backend makes f the backend of every app: what it returns are the directives
// that the dashboard gets. A nil f answers with none.
func (p *Platform) Backend(f func(api.ExtensionActionRequest) (any, error)) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.backend = f
}

// AppFails is the refusal of a call to an app's backend that failed, for
// Backend.
func AppFails(code, message string) error {
	status := map[string]int{api.CodeAppTimeout: http.StatusGatewayTimeout, api.CodeNotInstalled: http.StatusUnauthorized}[code]
	if status == 0 {
		status = http.StatusBadGateway
	}
	return Refuse(status, code, message)
}

// Refuse is a refusal by the platform itself, for Backend.
func Refuse(status int, code, message string) error { return refuse(status, code, "%s", message) }

func (p *Platform) listExtensions(c call) (any, error) {
	list := []map[string]any{}
	for _, d := range p.extensions {
		app := p.app(d.slug)
		i := p.active(app.AppID, c.storeID)
		if target := c.URL.Query().Get("target"); i == nil || target != "" && d.target != target {
			continue
		}
		placed := map[string]any{"mode": api.ExtensionJSON, "version": 1, "settings": map[string]any{}}
		maps.Copy(placed, d.fields)
		if set, ok := p.settings[d.fields["extension_id"].(string)]; ok {
			placed["settings"] = set
		}
		placed["installation_id"], placed["app"] = i.InstallationID, card(app)
		if d.script != "" {
			placed["frame_url"] = fmt.Sprintf("%s/sdk/frame/%d/%s/1", p.PublicURL, i.InstallationID, d.fields["extension_id"])
		}
		list = append(list, placed)
	}
	return list, nil
}

func (p *Platform) listPlaces(c call) (any, error) {
	list := []api.ExtensionPlace{}
	for _, d := range p.extensions {
		app := p.app(d.slug)
		if p.active(app.AppID, c.storeID) == nil {
			continue
		}
		place := api.ExtensionPlace{Target: d.target, Draws: d.script != "" || d.fields["ui"] != nil, App: card(app)}
		place.ExtensionID, _ = d.fields["extension_id"].(string)
		place.Title, _ = d.fields["title"].(string)
		place.ActionURL, _ = d.fields["action_url"].(string)
		list = append(list, place)
	}
	return list, nil
}

// saveSettings takes numbers for fields of type number alone.
func (p *Platform) saveSettings(c call) (any, error) {
	var in struct{ Settings map[string]any }
	if err := json.NewDecoder(c.Body).Decode(&in); err != nil {
		return nil, refuse(http.StatusBadRequest, api.CodeValidation, "The body is not JSON.")
	}
	var out api.ExtensionSettings
	for _, d := range p.extensions {
		schema, _ := d.fields["settings_schema"].([]any)
		for _, field := range schema {
			f := field.(map[string]any)
			key := f["key"].(string)
			if _, isText := in.Settings[key].(string); isText && f["type"] == "number" {
				return nil, &refusal{Status: http.StatusBadRequest, Code: api.CodeValidation, Message: "Correct the settings.",
					Errors: []api.FieldError{{Field: "settings." + key, Message: "must be a number"}}}
			}
		}
	}
	if p.settings == nil {
		p.settings = map[string]map[string]any{}
	}
	p.settings[c.PathValue("extension_id")] = in.Settings
	return out, nil
}

func (p *Platform) actOnExtension(c call) (any, error) {
	var in api.ExtensionActionRequest
	if err := json.NewDecoder(c.Body).Decode(&in); err != nil {
		return nil, refuse(http.StatusBadRequest, api.CodeValidation, "The body is not JSON.")
	}
	for _, i := range p.installations {
		if i.InstallationID == in.InstallationID && i.StoreID == in.StoreID && i.Status == api.InstallationActive {
			if p.backend == nil {
				return struct{}{}, nil
			}
			return p.backend(in)
		}
	}
	return nil, refuse(http.StatusUnauthorized, api.CodeNotInstalled, "The app is not installed on store %d.", in.StoreID)
}
