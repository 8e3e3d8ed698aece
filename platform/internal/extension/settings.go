package extension

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/db"
	"github.com/selorax/sandbox/platform/internal/problem"
	"github.com/selorax/sandbox/platform/internal/web"
)

// maxSetting bounds the text of one setting, in characters.
const maxSetting = 2000

var colors = regexp.MustCompile(`^#[0-9a-fA-F]{6}$`)

// unfit says why a value cannot be that of a field; "" if it can.
func unfit(f api.SettingField, value any) string {
	text, isText := value.(string)
	switch f.Type {
	case "number":
		switch n := value.(type) {
		case float64: // as a default is read
			return ""
		case json.Number: // as it was sent, which may be more than readers can hold
			if _, err := n.Float64(); err == nil {
				return ""
			}
		}
		return "must be a number"
	case "toggle":
		if _, ok := value.(bool); !ok {
			return "must be true or false"
		}
		return ""
	}
	switch {
	case !isText:
		return "must be text"
	case utf8.RuneCountInString(text) > maxSetting:
		return fmt.Sprintf("must have at most %d characters", maxSetting)
	case f.Required && strings.TrimSpace(text) == "":
		return "is required"
	case f.Type == "color" && !colors.MatchString(text):
		return "must be a colour such as #2a2877"
	case f.Type == "select" && !slices.ContainsFunc(f.Options, func(o api.SettingOption) bool { return o.Value == text }):
		return "must be one of the choices"
	}
	return ""
}

// decoded reads values, whose numbers stay as they are written.
func decoded(raw json.RawMessage) (values map[string]any, err error) {
	d := json.NewDecoder(bytes.NewReader(raw))
	d.UseNumber()
	return values, d.Decode(&values)
}

// effective are the settings of an extension: what was set, as far as it still
// fits the form that is deployed now, and else the defaults.
func effective(fields []api.SettingField, stored json.RawMessage) (json.RawMessage, error) {
	values := map[string]any{}
	for _, f := range fields {
		if f.Default != nil {
			values[f.Key] = f.Default
		}
	}
	if len(stored) > 0 {
		set, err := decoded(stored)
		if err != nil {
			return nil, err
		}
		for _, f := range fields {
			if value, ok := set[f.Key]; ok && unfit(f, value) == "" {
				values[f.Key] = value
			}
		}
	}
	return json.Marshal(values)
}

// change puts new values over those that were set; null takes one back to its
// default. Nothing is changed if one of them does not fit.
func change(fields []api.SettingField, stored, in json.RawMessage) (json.RawMessage, error) {
	wanted, err := decoded(in)
	if err != nil || wanted == nil {
		return nil, problem.Invalid("settings", "must be an object of values by key")
	}
	values := map[string]any{}
	if len(stored) > 0 {
		if values, err = decoded(stored); err != nil {
			return nil, err
		}
	}
	var bad problem.Complaints
	for _, key := range slices.Sorted(maps.Keys(wanted)) {
		i := slices.IndexFunc(fields, func(f api.SettingField) bool { return f.Key == key })
		switch value := wanted[key]; {
		case i < 0:
			bad.Require(false, "settings."+key, "is no setting of this extension")
		case value == nil && fields[i].Required && fields[i].Default == nil:
			bad.Require(false, "settings."+key, "is required")
		case value == nil:
			delete(values, key)
		default:
			if why := unfit(fields[i], value); why != "" {
				bad.Require(false, "settings."+key, why)
			}
			values[key] = value
		}
	}
	if err := bad.Err(); err != nil {
		return nil, err
	}
	return json.Marshal(values)
}

// settingsOf finds an extension that a store shows, with what was set for it.
// app_id tells extensions of the same name apart.
func (s *Service) settingsOf(tx *db.Tx, storeID, appID int64, extensionID string) (out api.ExtensionSettings, stored json.RawMessage, err error) {
	placed, err := s.place(tx, storeID, nil)
	if err != nil {
		return out, nil, err
	}
	placed = slices.DeleteFunc(placed, func(e api.PlacedExtension) bool {
		return e.ExtensionID != extensionID || appID != 0 && e.App.AppID != appID
	})
	switch {
	case len(placed) == 0:
		return out, nil, problem.NotFound("extension", extensionID)
	case len(placed) > 1:
		return out, nil, problem.Invalid("app_id", "is required: several apps of this store have an extension %q", extensionID)
	}
	e := placed[0]
	out = api.ExtensionSettings{
		ExtensionID: extensionID, Title: e.Title, InstallationID: e.InstallationID, App: e.App, SettingsSchema: e.SettingsSchema, Settings: e.Settings,
	}
	if out.SettingsSchema == nil {
		out.SettingsSchema = []api.SettingField{}
	}
	stored, err = storedSettings(tx, out.InstallationID, extensionID)
	return out, stored, err
}

func (s *Service) getSettings(w http.ResponseWriter, r *http.Request) error {
	storeID, appID, err := settingsPlace(r)
	if err != nil {
		return err
	}
	var out api.ExtensionSettings
	err = s.DB.Read(r.Context(), func(tx *db.Tx) (err error) {
		out, _, err = s.settingsOf(tx, storeID, appID, web.PathText(r, "extension_id"))
		return err
	})
	if err != nil {
		return err
	}
	return web.OK(w, "Settings fetched.", out)
}

func (s *Service) putSettings(w http.ResponseWriter, r *http.Request) error {
	storeID, appID, err := settingsPlace(r)
	if err != nil {
		return err
	}
	in, err := web.Decode[api.ExtensionSettingsInput](w, r)
	if err != nil {
		return err
	}
	var out api.ExtensionSettings
	err = s.DB.Write(r.Context(), func(tx *db.Tx) error {
		found, stored, err := s.settingsOf(tx, storeID, appID, web.PathText(r, "extension_id"))
		if err != nil {
			return err
		}
		if stored, err = change(found.SettingsSchema, stored, in.Settings); err != nil {
			return err
		}
		out = found
		if out.Settings, err = effective(found.SettingsSchema, stored); err != nil {
			return err
		}
		return storeSettings(tx, found.InstallationID, found.ExtensionID, stored)
	})
	if err != nil {
		return err
	}
	return web.OK(w, "Settings saved.", out)
}

func settingsPlace(r *http.Request) (storeID, appID int64, err error) {
	if storeID, err = web.NeedStore(r); err != nil {
		return 0, 0, err
	}
	q := web.QueryOf(r)
	appID = q.ID("app_id")
	return storeID, appID, q.Err()
}
