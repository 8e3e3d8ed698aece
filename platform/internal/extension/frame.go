package extension

import (
	"fmt"
	"html/template"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/db"
	"github.com/selorax/sandbox/platform/internal/install"
	"github.com/selorax/sandbox/platform/internal/problem"
	"github.com/selorax/sandbox/platform/internal/web"
)

// framePage runs a script of an app. The script says what to show by messages,
// or draws into the body.
var framePage = template.Must(template.New("frame").Parse(`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>{{.Title}}</title>
<script src="{{.UI}}"></script>
</head>
<body>
<script src="{{.Script}}"></script>
</body>
</html>
`))

// frameURL is where the page of an extension of mode sandbox is. The version
// makes a deploy a new page.
func (s *Service) frameURL(e api.PlacedExtension) string {
	return fmt.Sprintf("%s/sdk/frame/%d/%s/%d", s.PublicURL, e.InstallationID, e.ExtensionID, e.Version)
}

// frame serves the page of an extension while a store shows it. It holds no
// secret: whom it serves is settled by messages with the dashboard around it.
func (s *Service) frame(w http.ResponseWriter, r *http.Request) error {
	installationID, err := web.PathID(r, "installation_id")
	if err != nil {
		return err
	}
	e, err := s.framed(r, installationID)
	if err != nil {
		return err
	}
	ui := s.PublicURL + "/sdk/ui.js"
	w.Header().Set("Content-Security-Policy", framePolicy(ui, e.SandboxURL, s.DashboardURL))
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.Header().Set("Cache-Control", "no-store")
	w.Header().Set("Referrer-Policy", "no-referrer")
	return framePage.Execute(w, struct{ Title, UI, Script string }{e.Title, ui, e.SandboxURL})
}

// framed finds an extension by the parts of its page's path.
func (s *Service) framed(r *http.Request, installationID int64) (e api.Extension, err error) {
	extensionID, version := web.PathText(r, "extension_id"), web.PathText(r, "version")
	err = s.DB.Read(r.Context(), func(tx *db.Tx) error {
		i, err := install.ActiveByID(tx, installationID)
		if err != nil {
			return err
		}
		v, err := active(tx, i.AppID)
		if err != nil && !db.IsNone(err) {
			return err
		}
		if strconv.Itoa(v.Version) != version {
			return problem.New(http.StatusNotFound, api.CodeNotFound, "Version %q of this app's extensions is not the active one. Reload the page around this one.", version)
		}
		e, err = deployed(tx, i.AppID, extensionID)
		return err
	})
	if err == nil && e.Mode != api.ExtensionSandbox {
		err = problem.New(http.StatusNotFound, api.CodeNotFound, "The extension %q is of mode %s: it has no page of its own.", extensionID, e.Mode)
	}
	return e, err
}

// framePolicy confines the page: no origin, no network, two scripts, and only
// the dashboard around it. It may draw with styles and pictures of its own.
func framePolicy(ui, script, dashboard string) string {
	return strings.Join([]string{
		"sandbox allow-scripts",
		"default-src 'none'",
		"script-src " + ui + " " + policySource(script),
		"style-src 'unsafe-inline'",
		"img-src data:",
		"base-uri 'none'",
		"form-action 'none'",
		"frame-ancestors " + dashboard,
	}, "; ")
}

// policySource writes an address as a source of a policy, which knows no query
// and separates by commas and semicolons.
func policySource(address string) string {
	u, err := url.Parse(address)
	if err != nil { // deploying has checked it
		return "'none'"
	}
	return u.Scheme + "://" + u.Host + strings.NewReplacer(";", "%3B", ",", "%2C", "'", "%27").Replace(u.EscapedPath())
}
