package restock

import (
	"bytes"
	"html/template"
	"net/http"

	"github.com/selorax/sandbox/sampleapp/selorax"
)

// pages are the parsed templates.
type pages struct{ set *template.Template }

func loadPages(a assets) (pages, error) {
	set, err := template.New("").Funcs(template.FuncMap{"asset": a.url}).ParseFS(web, "web/*.html")
	return pages{set}, err
}

// show renders into memory first, so that nothing is sent by halves.
func (a *App) show(w http.ResponseWriter, r *http.Request, status int, name string, data any) {
	var b bytes.Buffer
	if err := a.pages.set.ExecuteTemplate(&b, name, data); err != nil {
		a.Log.ErrorContext(r.Context(), "page.failed", "page", name, "error", err)
		http.Error(w, "Something went wrong in the app.", http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(status)
	_, _ = w.Write(b.Bytes()) // the browser has gone: nobody is left to tell
}

// note is a page that says one thing.
type note struct {
	Title        string
	Text         string
	DashboardURL string // "" leaves the link out
}

// say shows a page that says what happened and what to do.
func (a *App) say(w http.ResponseWriter, r *http.Request, status int, title, text string) {
	a.show(w, r, status, "note.html", note{Title: title, Text: text, DashboardURL: a.DashboardURL})
}

// front is what a person sees who opens the app's address by hand.
func (a *App) front(w http.ResponseWriter, r *http.Request) {
	a.say(w, r, http.StatusOK, "Restock runs here",
		"It is an app for SeloraX stores and lives in their dashboard. Install it from the marketplace, then open it there.")
}

// frame is the app's page inside the dashboard. Its address is signed; who
// looks at it is told by session tokens, which the page's script asks for.
func (a *App) frame(w http.ResponseWriter, r *http.Request) {
	verifier := selorax.FrameVerifier{SigningKey: a.Sessions.SigningKey, Now: a.Now}
	if _, err := verifier.Verify(r.URL.RawQuery); err != nil {
		a.Log.WarnContext(r.Context(), "frame.refused", "error", err)
		// No link: this page may stand in the frame, which cannot leave it.
		a.show(w, r, http.StatusUnauthorized, "note.html", note{
			Title: "Open Restock from the dashboard",
			Text:  "This address was not signed by the platform, or long ago. Reload the app's page in the dashboard.",
		})
		return
	}
	a.show(w, r, http.StatusOK, "app.html", nil)
}
