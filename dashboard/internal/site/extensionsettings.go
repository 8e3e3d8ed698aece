package site

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/selorax/sandbox/platform/api"

	"github.com/selorax/sandbox/dashboard/internal/platform"
)

// extensionForm is what a merchant may set for an extension of an app, and what
// is wrong with what was sent.
type extensionForm struct {
	api.PlacedExtension
	Fields []settingField
	Action string
	Failed bool // something of it was refused
}

// settingField is one field with the value that it shows.
type settingField struct {
	api.SettingField
	ID      string // of its element
	Value   string
	Checked bool
	Error   string
}

// Notes are the ids of what stands below the field, for those who cannot see it
// there.
func (f settingField) Notes() string {
	var ids []string
	if f.Description != "" {
		ids = append(ids, f.ID+"-hint")
	}
	if f.Error != "" {
		ids = append(ids, f.ID+"-error")
	}
	return strings.Join(ids, " ")
}

// extensionForms are the extensions of an app on the store; those without
// settings have no fields.
func (v *visit) extensionForms(app api.InstalledApp) ([]extensionForm, error) {
	placed, err := v.session.Extensions(v.r.Context(), v.store.StoreID)
	if err != nil {
		return nil, err
	}
	var forms []extensionForm
	for _, e := range placed {
		if e.InstallationID != app.InstallationID {
			continue
		}
		values := map[string]any{}
		d := json.NewDecoder(bytes.NewReader(e.Settings))
		d.UseNumber() // shown as it was written, 1000000 and not 1e+06
		if err := d.Decode(&values); err != nil {
			return nil, err
		}
		f := extensionForm{PlacedExtension: e, Action: v.path("/settings/apps/" + url.PathEscape(app.App.Slug) + "/extensions/" + url.PathEscape(e.ExtensionID))}
		for _, field := range e.SettingsSchema {
			shown := settingField{SettingField: field, ID: "setting-" + e.ExtensionID + "-" + field.Key}
			if value, ok := values[field.Key]; ok && value != nil {
				shown.Value = fmt.Sprint(value)
				shown.Checked = value == true
			}
			f.Fields = append(f.Fields, shown)
		}
		forms = append(forms, f)
	}
	return forms, nil
}

// saveExtension saves the settings of an extension, or shows the form again
// with what is wrong next to the fields.
func (v *visit) saveExtension() error {
	app, err := v.app()
	if err != nil {
		return err
	}
	forms, err := v.extensionForms(app)
	if err != nil {
		return err
	}
	id := v.text("extension")
	i := slices.IndexFunc(forms, func(f extensionForm) bool { return f.ExtensionID == id })
	if i < 0 {
		return missing
	}
	back := v.path("/settings/apps/" + app.App.Slug)
	err = v.session.SaveSettings(v.r.Context(), v.store.StoreID, app.AppID, id, forms[i].take(v.r))
	if refused, ok := platform.Refusal(err); ok && refused.Code == api.CodeValidation {
		forms[i].complain(refused)
		return v.showApp(http.StatusBadRequest, app, forms)
	}
	if err != nil {
		return err
	}
	return v.done("success", "The settings of “"+forms[i].Title+"” are saved.", back+"#extensions")
}

// take reads the sent values into the fields, and returns them as the platform
// takes them. A field that is left empty goes back to its default.
func (f *extensionForm) take(r *http.Request) map[string]any {
	values := map[string]any{}
	for n := range f.Fields {
		field := &f.Fields[n]
		field.Value = strings.TrimSpace(r.PostFormValue(field.Key))
		field.Checked = r.PostFormValue(field.Key) == "on"
		switch {
		case field.Type == "toggle":
			values[field.Key] = field.Checked
		case field.Value == "":
			values[field.Key] = nil
		case field.Type == "number" && json.Valid([]byte(field.Value)):
			values[field.Key] = json.RawMessage(field.Value)
		default:
			values[field.Key] = field.Value
		}
	}
	return values
}

// complain puts the platform's complaints at their fields.
func (f *extensionForm) complain(refused *platform.Error) {
	f.Failed = true
	for _, e := range refused.Errors {
		for n := range f.Fields {
			if e.Field == "settings."+f.Fields[n].Key {
				f.Fields[n].Error = "This " + e.Message + "."
			}
		}
	}
}
