package ui

import (
	"bytes"
	_ "embed" // for the template
	"html/template"
	"net/http"

	"github.com/selorax/sandbox/platform/internal/web"
)

//go:embed page.html
var pageHTML string

var page = template.Must(template.New("page").Parse(pageHTML))

// policy lets a page load its stylesheet and pictures and nothing else, send
// nothing anywhere and stand in no frame.
const policy = "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

// Pages are the platform's own pages.
type Pages struct {
	DashboardURL string // where merchants work
}

// view is what the template shows.
type view struct {
	Stylesheet, Mark string
	Refusal          bool
	Title            string
	Sentence         string
	Hint             string
	RequestID        string
	DashboardURL     string
}

// Routes registers the front page and the assets.
func (p *Pages) Routes(r *web.Router) {
	r.Public(http.MethodGet, "/", p.front)
	r.Public(http.MethodGet, "/assets/{name}", serveAsset)
}

func (p *Pages) front(w http.ResponseWriter, _ *http.Request) error {
	return p.show(w, http.StatusOK, view{
		Title:    "SeloraX Sandbox",
		Sentence: "This is the platform of a SeloraX that runs on this machine: it installs apps, answers their API calls and sends their webhooks.",
		Hint:     "Merchants work in the dashboard. Apps talk to the addresses under /api, which /api/docs describes.",
	})
}

// Error shows a refusal to a person: a title, a sentence that says what
// happened and a hint that says what to do, with the request id.
func (p *Pages) Error(w http.ResponseWriter, r *http.Request, status int, title, sentence, hint string) error {
	return p.show(w, status, view{
		Refusal: true, Title: title, Sentence: sentence, Hint: hint, RequestID: web.RequestID(r.Context()),
	})
}

func (p *Pages) show(w http.ResponseWriter, status int, v view) error {
	v.Stylesheet, v.Mark, v.DashboardURL = stylesheet.url(), mark.url(), p.DashboardURL
	var b bytes.Buffer
	if err := page.Execute(&b, v); err != nil {
		return err
	}
	h := w.Header()
	h.Set("Content-Security-Policy", policy)
	h.Set("X-Frame-Options", "DENY") // for browsers that do not know frame-ancestors
	h.Set("Referrer-Policy", "no-referrer")
	return send(w, status, "text/html; charset=utf-8", "no-store", b.Bytes())
}
