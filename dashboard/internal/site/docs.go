package site

import (
	"io/fs"
	"net/http"

	"github.com/gorilla/mux"

	"github.com/selorax/sandbox/dashboard/docs"
	"github.com/selorax/sandbox/dashboard/internal/guide"
	"github.com/selorax/sandbox/dashboard/internal/page"
	"github.com/selorax/sandbox/dashboard/internal/session"
	"github.com/selorax/sandbox/dashboard/internal/static"
)

// guidePage is a guide in the list of all.
type guidePage struct {
	Library *guide.Library
	Page    *guide.Page
}

// loadGuides reads the guides and the reference pages that stand beside what
// they are about.
func loadGuides() (*guide.Library, error) {
	return guide.Load(map[string]fs.FS{"docs": docs.Guides, "internal/static": static.Reference})
}

func (s *site) docsRoutes(r *mux.Router) {
	r.Handle(guide.Prefix, s.open(s.guide)).Methods(http.MethodGet)
	r.Handle(guide.Prefix+"/{guide}", s.open(s.guide)).Methods(http.MethodGet)
}

// guide shows a guide to whoever asks: it says nothing of any store, and asks
// the platform for nothing.
func (s *site) guide(w http.ResponseWriter, r *http.Request) error {
	name, status, template := mux.Vars(r)["guide"], http.StatusOK, "docs/guide"
	found := s.guides.Page(name)
	if found == nil {
		found, status, template = &guide.Page{Name: name, Title: "There is no such guide"}, http.StatusNotFound, "docs/missing"
	}
	s.allow(w, policy{})
	return s.pages.Write(w, status, template, page.View{
		Title: found.Title, Theme: session.Theme(r), Path: r.URL.RequestURI(), Data: guidePage{s.guides, found},
	})
}
