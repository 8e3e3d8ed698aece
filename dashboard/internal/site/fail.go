package site

import (
	"errors"
	"net/http"
	"strings"

	"github.com/selorax/sandbox/dashboard/internal/page"
	"github.com/selorax/sandbox/dashboard/internal/platform"
	"github.com/selorax/sandbox/dashboard/internal/session"
)

// handler is a page that needs no store.
type handler func(w http.ResponseWriter, r *http.Request) error

// open runs a handler and shows its error.
func (s *site) open(h handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if err := h(w, r); err != nil {
			s.fail(w, r, page.View{}, err)
		}
	})
}

// problem is an error with its own page.
type problem struct {
	Status    int
	Icon      string
	Title     string
	Sentence  string
	Hint      string
	RequestID string
	Retry     bool
}

// Error is the title, for the log.
func (p *problem) Error() string { return p.Title }

// fail shows an error: in the navigation of a store where the view has one.
func (s *site) fail(w http.ResponseWriter, r *http.Request, v page.View, err error) {
	if platform.IsSignedOut(err) {
		s.signInFirst(w, r)
		return
	}
	p := s.explain(r, err)
	name := "bare/problem"
	if v.Store != nil {
		name = "shell/problem"
	}
	v.Title, v.Theme, v.Path, v.Data = p.Title, session.Theme(r), r.URL.RequestURI(), p
	s.allow(w, policy{})
	if err := s.pages.Write(w, p.Status, name, v); err != nil {
		s.Log.ErrorContext(r.Context(), "page.failed", "page", name, "error", err)
		http.Error(w, p.Title, p.Status)
	}
}

func (s *site) signInFirst(w http.ResponseWriter, r *http.Request) {
	s.cookies.SignOut(w)
	http.Redirect(w, r, session.LoginPath(s.cameFrom(r)), http.StatusSeeOther)
}

// cameFrom is where to go on after the sign-in: the page asked for, or the one
// with the form that was sent.
func (s *site) cameFrom(r *http.Request) string {
	if r.Method == http.MethodGet {
		return r.URL.RequestURI()
	}
	back, own := strings.CutPrefix(r.Referer(), s.PublicURL)
	if !own {
		return "/"
	}
	return back
}

// explain makes a page of an error and logs what people cannot mend.
func (s *site) explain(r *http.Request, err error) *problem {
	var own *problem
	refused, isRefused := platform.Refusal(err)
	switch {
	case errors.As(err, &own):
		return own
	case errors.Is(err, platform.ErrUnreachable):
		s.Log.WarnContext(r.Context(), "platform.unreachable", "path", r.URL.Path, "error", err)
		return &problem{
			Status: http.StatusBadGateway, Icon: "plug", Title: "The platform does not answer", Retry: true,
			Sentence: "The dashboard runs, but the platform behind it gave no answer that can be used.",
			Hint:     "Check that the sandbox is running. Nothing you did is lost; try again once it is back.",
		}
	case isRefused && refused.Status == http.StatusNotFound:
		return missing
	case isRefused:
		s.Log.WarnContext(r.Context(), "platform.refused", "path", r.URL.Path, "status", refused.Status, "code", refused.Code, "request_id", refused.RequestID)
		return &problem{
			Status: refused.Status, Icon: "alert", Title: "That did not work", Retry: r.Method == http.MethodGet,
			Sentence: refused.Message, RequestID: refused.RequestID,
		}
	}
	s.Log.ErrorContext(r.Context(), "http.failed", "path", r.URL.Path, "error", err)
	return &problem{
		Status: http.StatusInternalServerError, Icon: "alert", Title: "Something went wrong here", Retry: true,
		Sentence: "This page could not be drawn. The dashboard's log says why.",
	}
}

// missing says the same of what never was and of what belongs to others.
var missing = &problem{
	Status: http.StatusNotFound, Icon: "search", Title: "There is nothing here",
	Sentence: "The address is wrong, what it named is gone, or it belongs to a store that you may not open.",
}

func notFound(http.ResponseWriter, *http.Request) error { return missing }

func methodNotAllowed(http.ResponseWriter, *http.Request) error {
	return &problem{
		Status: http.StatusMethodNotAllowed, Icon: "alert", Title: "This page cannot be used that way",
		Sentence: "It was asked for in a way it does not answer to, perhaps by reloading the result of a form.",
	}
}

func crossOrigin(http.ResponseWriter, *http.Request) error {
	return &problem{
		Status: http.StatusForbidden, Icon: "shield", Title: "This request came from another site",
		Sentence: "Changes are only made from the dashboard's own pages. Nothing was changed.",
	}
}
