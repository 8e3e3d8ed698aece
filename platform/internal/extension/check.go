package extension

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/web"
)

// Bounds of texts, in characters, of how much is said about one set, and of a
// whole set in bytes: as many trees as it may have, each as large as it may be
// and with as much again around it.
const (
	maxTitle      = 100
	maxURL        = 2000
	maxComplaints = 20
	maxSet        = api.MaxExtensions * api.MaxTreeBytes * 2
)

var (
	extensionIDs = regexp.MustCompile(`^[a-z0-9]([a-z0-9-]{0,62}[a-z0-9])?$`)
	eventProps   = regexp.MustCompile(`^on[A-Z]`)
	settingKeys  = regexp.MustCompile(`^[a-z][a-z0-9_]{0,49}$`)
)

// checker collects what is wrong with a set, as sentences.
type checker struct {
	app        *url.URL // the app's app_url
	complaints []string
	warnings   []string
	actionURL  string // of the extension that is being checked
	nodes      int    // of its tree
}

func (c *checker) complain(place, format string, args ...any) {
	if len(c.complaints) < maxComplaints {
		c.complaints = append(c.complaints, place+" "+end(fmt.Sprintf(format, args...)))
	}
}

func (c *checker) warn(place, format string, args ...any) {
	if len(c.warnings) < maxComplaints {
		c.warnings = append(c.warnings, place+" "+end(fmt.Sprintf(format, args...)))
	}
}

// end ends a sentence, unless it asks a question already.
func end(sentence string) string {
	if strings.HasSuffix(sentence, "?") {
		return sentence
	}
	return sentence + "."
}

// check says everything that is wrong with a set of an app, and what may not be
// meant, never more than twenty things each.
func check(appURL string, set []api.Extension) (complaints, warnings []string) {
	app, err := url.Parse(appURL)
	if err != nil {
		app = &url.URL{}
	}
	c := &checker{app: app}
	if len(set) > api.MaxExtensions {
		c.complain("extensions", "may be at most %d, not %d", api.MaxExtensions, len(set))
		return c.complaints, nil
	}
	seen := map[string]bool{}
	for n, e := range set {
		name := e.ExtensionID
		if !extensionIDs.MatchString(name) {
			name = fmt.Sprintf("extensions[%d]", n)
			c.complain(name+".extension_id", "must have 1 to 64 lower-case letters and digits, with hyphens between them")
		}
		if seen[e.ExtensionID] {
			c.complain(name, "is there twice; each extension_id must be unique")
		}
		seen[e.ExtensionID] = true
		c.extension(name, e)
	}
	return c.complaints, c.warnings
}

func (c *checker) extension(name string, e api.Extension) {
	c.actionURL = e.ActionURL
	if !slices.Contains(api.ExtensionTargets, e.Target) {
		c.complain(name+".target", "must be one of the platform's targets, not %q%s", e.Target, nearest(e.Target, api.ExtensionTargets))
	} else if !slices.Contains(api.TargetsShown, e.Target) {
		c.warn(name+".target", "%s is kept, and no page of the sandbox shows it yet", e.Target)
	}
	if strings.TrimSpace(e.Title) == "" || utf8.RuneCountInString(e.Title) > maxTitle {
		c.complain(name+".title", "must have 1 to %d characters", maxTitle)
	}
	switch e.Mode {
	case "", api.ExtensionJSON:
		if !goesWithoutTree(e) {
			c.tree(name, e.UI)
		}
	case api.ExtensionSandbox:
		if !isWeb(e.SandboxURL) {
			c.complain(name+".sandbox_url", "must be the http or https URL of the extension's script")
		}
	default:
		c.complain(name+".mode", "must be json or sandbox, not %q", e.Mode)
	}
	if len(e.State) > 0 && !isObject(e.State) {
		c.complain(name+".state", "must be an object")
	}
	if e.ActionURL != "" {
		c.backend(name+".action_url", e.ActionURL)
	}
	if e.Loader != nil {
		c.loader(name+".loader", *e.Loader)
	}
	c.settings(name+".settings_schema", e.SettingsSchema)
}

// goesWithoutTree reports whether an extension shows nothing of its own: a
// button that calls its app at once, or a link to a place inside its app.
func goesWithoutTree(e api.Extension) bool {
	return len(e.UI) == 0 && e.ActionURL != "" && (strings.HasSuffix(e.Target, "action") || e.Target == api.TargetNavigationLink)
}

func (c *checker) loader(place string, a api.Action) {
	if a.Type != "" && a.Type != api.ActCallBackend {
		c.complain(place+".type", "must be %s", api.ActCallBackend)
	}
	c.call(place, a)
}

// settings checks the fields of a settings form.
func (c *checker) settings(place string, fields []api.SettingField) {
	seen := map[string]bool{}
	for n, f := range fields {
		at := fmt.Sprintf("%s[%d]", place, n)
		if !settingKeys.MatchString(f.Key) {
			c.complain(at+".key", "must have 1 to 50 lower-case letters, digits and underscores and begin with a letter")
		}
		if seen[f.Key] {
			c.complain(at+".key", "%q is there twice", f.Key)
		}
		seen[f.Key] = true
		if strings.TrimSpace(f.Label) == "" {
			c.complain(at+".label", "is required")
		}
		if !slices.Contains(api.SettingTypes, f.Type) {
			c.complain(at+".type", "must be one of %s, not %q%s", strings.Join(api.SettingTypes, ", "), f.Type, nearest(f.Type, api.SettingTypes))
		}
		if f.Type == "select" && len(f.Options) == 0 {
			c.complain(at+".options", "are required for a select")
		}
		if why := unfit(f, f.Default); f.Default != nil && why != "" {
			c.complain(at+".default", "%s", why)
		}
	}
}

// backend checks the address of a call to the app: relative, or on the app's
// own origin. Templates are resolved later and checked then.
func (c *checker) backend(place, address string) {
	if strings.Contains(address, "{{") && !strings.Contains(address, "://") && !strings.HasPrefix(address, "//") {
		return
	}
	if _, err := resolve(c.app, address); err != nil {
		c.complain(place, "must be a path such as /extensions/refresh, or a URL on the app's origin %s://%s", c.app.Scheme, c.app.Host)
	}
}

func isWeb(address string) bool {
	u, err := url.Parse(address)
	return err == nil && len(address) <= maxURL && u.Host != "" && (u.Scheme == "http" || u.Scheme == "https")
}

func isObject(raw json.RawMessage) bool { return bytes.HasPrefix(bytes.TrimSpace(raw), []byte("{")) }

func nearest(name string, known []string) string {
	if near := web.Nearest(name, known); near != "" {
		return fmt.Sprintf("; did you mean %q?", near)
	}
	return ""
}
