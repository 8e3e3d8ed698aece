package site

import (
	"net/http"
	"slices"
	"strconv"

	"github.com/gorilla/mux"
	"golang.org/x/sync/errgroup"

	"github.com/selorax/sandbox/platform/api"

	"github.com/selorax/sandbox/dashboard/internal/page"
	"github.com/selorax/sandbox/dashboard/internal/platform"
	"github.com/selorax/sandbox/dashboard/internal/session"
)

// liveHeader marks a page that a script fetches to refresh what is shown. It
// leaves a waiting flash to the page that people navigate to.
const liveHeader = "X-Live-Refresh"

// visit is one request for a page of a store, by a user who may open it.
type visit struct {
	*site
	w       http.ResponseWriter
	r       *http.Request
	session platform.Session
	account api.Account
	store   api.StoreRef
	apps    []api.InstalledApp   // of the navigation
	placed  []api.ExtensionPlace // what apps show where
	around  *page.Slots          // the page's places for extensions
	clock   *page.Clock          // nil but for developers

	searched string // what the search page looked for
}

// visit runs a handler for a store's page.
func (s *site) visit(h func(*visit) error) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		v := &visit{site: s, w: w, r: r}
		err := v.enter()
		if err == nil {
			err = h(v)
		}
		if err != nil {
			s.fail(w, r, v.view("", ""), err)
		}
	})
}

// enter loads who visits which store.
func (v *visit) enter() (err error) {
	if v.session, v.account, err = v.signedIn(v.r); err != nil {
		return err
	}
	id := v.number("store")
	i := slices.IndexFunc(v.account.Stores, func(ref api.StoreRef) bool { return ref.StoreID == id })
	if i < 0 {
		return missing
	}
	v.store = v.account.Stores[i]
	group, ctx := errgroup.WithContext(v.r.Context())
	group.Go(func() (err error) {
		v.apps, err = v.session.Installations(ctx, id)
		return err
	})
	group.Go(func() (err error) {
		v.placed, err = v.session.Places(ctx, id)
		return err
	})
	if v.isDeveloper() {
		group.Go(func() error { return v.loadClock(ctx) })
	}
	return group.Wait()
}

// signedIn returns the session and the user of a request.
func (s *site) signedIn(r *http.Request) (platform.Session, api.Account, error) {
	token := session.Token(r)
	if token == "" {
		return platform.Session{}, api.Account{}, &platform.Error{Status: http.StatusUnauthorized, Code: api.CodeSessionRequired}
	}
	as := s.platform.As(token)
	account, err := as.Account(r.Context())
	return as, account, err
}

// text is a part of the path.
func (v *visit) text(name string) string { return mux.Vars(v.r)[name] }

// number is a numeric part of the path, 0 when it is too large for one.
func (v *visit) number(name string) int64 {
	n, err := strconv.ParseInt(v.text(name), 10, 64)
	if err != nil {
		return 0
	}
	return n
}

// app is the installed app that the path names.
func (v *visit) app() (api.InstalledApp, error) {
	slug := v.text("slug")
	i := slices.IndexFunc(v.apps, func(a api.InstalledApp) bool { return a.App.Slug == slug })
	if i < 0 {
		return api.InstalledApp{}, missing
	}
	return v.apps[i], nil
}

// view is what every page of the store shows.
func (v *visit) view(title, section string) page.View {
	view := page.View{Title: title, Section: section, Theme: session.Theme(v.r), Path: v.r.URL.RequestURI(), Apps: v.apps, Slots: v.around, Clock: v.clock, Search: v.searched}
	if v.account.UserID != 0 {
		view.Account = &v.account
	}
	if v.store.StoreID != 0 {
		view.Store, view.Links = &v.store, v.links()
	}
	for _, e := range v.placed {
		view.Targets = append(view.Targets, e.Target)
	}
	return view
}

// show answers with a page of the store.
func (v *visit) show(name, title, section string, data any, p policy) error {
	return v.answer(http.StatusOK, name, title, section, data, p)
}

// answer is show with a status, for a form that has to be filled in again.
func (v *visit) answer(status int, name, title, section string, data any, p policy) error {
	if v.around == nil && v.shows(api.TargetGlobalAction) {
		if err := v.slots(pageContext{}); err != nil {
			return err
		}
	}
	view := v.view(title, section)
	view.Data = data
	if v.r.Header.Get(liveHeader) == "" {
		view.Flash = v.cookies.TakeFlash(v.w, v.r)
		if v.clock != nil {
			v.clock.Moved = v.moved(view.Flash)
		}
	}
	if v.around != nil {
		p.frame = append(p.frame, v.scripts()...)
	}
	v.allow(v.w, p)
	return v.pages.Write(v.w, status, name, view)
}

// done leaves a sentence and leads to a page that shows it.
func (v *visit) done(tone, text, to string) error {
	v.cookies.SetFlash(v.w, session.Flash{Tone: tone, Text: text})
	http.Redirect(v.w, v.r, to, http.StatusSeeOther)
	return nil
}

// path is a page of the store.
func (v *visit) path(rest string) string {
	return "/" + strconv.FormatInt(v.store.StoreID, 10) + rest
}
