package site

import (
	"net/http"
	"strconv"
	"strings"

	"github.com/selorax/sandbox/platform/api"

	"github.com/selorax/sandbox/dashboard/internal/page"
	"github.com/selorax/sandbox/dashboard/internal/platform"
	"github.com/selorax/sandbox/dashboard/internal/session"
)

// loginForm is the sign-in page.
type loginForm struct {
	Email    string
	ReturnTo string
	Error    string
	Consent  bool // on the way to a consent screen
}

// start leads to the user's first store.
func (s *site) start(w http.ResponseWriter, r *http.Request) error {
	_, account, err := s.signedIn(r)
	if err != nil {
		return err
	}
	if len(account.Stores) == 0 {
		return &problem{
			Status: http.StatusForbidden, Icon: "store", Title: "You have no store yet",
			Sentence: "Your account is not a member of any store.", Hint: "Ask the owner of a store to invite you.",
		}
	}
	http.Redirect(w, r, "/"+strconv.FormatInt(account.Stores[0].StoreID, 10), http.StatusSeeOther)
	return nil
}

// loginPage shows the form, or goes on at once for who is signed in.
func (s *site) loginPage(w http.ResponseWriter, r *http.Request) error {
	back := session.ReturnTo(r.URL.Query().Get("return_to"))
	_, _, err := s.signedIn(r)
	switch {
	case err == nil:
		http.Redirect(w, r, back, http.StatusSeeOther)
		return nil
	case !platform.IsSignedOut(err):
		return err
	}
	return s.showLogin(w, r, http.StatusOK, loginForm{ReturnTo: back})
}

func (s *site) showLogin(w http.ResponseWriter, r *http.Request, status int, form loginForm) error {
	form.Consent = strings.HasPrefix(form.ReturnTo, "/oauth/consent?")
	s.allow(w, policy{})
	return s.pages.Write(w, status, "bare/login", page.View{
		Title: "Sign in", Theme: session.Theme(r), Path: r.URL.RequestURI(), Data: form,
	})
}

// login signs in server to server; the token goes into the cookie and nowhere
// else.
func (s *site) login(w http.ResponseWriter, r *http.Request) error {
	form := loginForm{Email: strings.TrimSpace(r.PostFormValue("email")), ReturnTo: session.ReturnTo(r.PostFormValue("return_to"))}
	password := r.PostFormValue("password")
	if form.Email == "" || password == "" {
		form.Error = "Enter your email and your password."
		return s.showLogin(w, r, http.StatusUnprocessableEntity, form)
	}
	login, err := s.platform.SignIn(r.Context(), form.Email, password)
	if refused, ok := platform.Refusal(err); ok && refused.Status < http.StatusInternalServerError {
		form.Error = refused.Message
		return s.showLogin(w, r, loginStatus(refused), form)
	}
	if err != nil {
		return err
	}
	s.cookies.SignIn(w, login.Token, login.ExpiresAt.Time)
	http.Redirect(w, r, form.ReturnTo, http.StatusSeeOther)
	return nil
}

// loginStatus keeps what the platform said of throttling; wrong input is 401.
func loginStatus(refused *platform.Error) int {
	if refused.Code == api.CodeRateLimited {
		return http.StatusTooManyRequests
	}
	return http.StatusUnauthorized
}

// logoutPage asks first: a link alone must not sign anybody out.
func (s *site) logoutPage(w http.ResponseWriter, r *http.Request) error {
	_, account, err := s.signedIn(r)
	if err != nil {
		return err
	}
	s.allow(w, policy{})
	return s.pages.Write(w, http.StatusOK, "bare/logout", page.View{Title: "Sign out", Theme: session.Theme(r), Account: &account})
}

// logout ends the session on the platform too. A platform that is away does
// not keep anybody signed in here.
func (s *site) logout(w http.ResponseWriter, r *http.Request) error {
	if token := session.Token(r); token != "" {
		if err := s.platform.As(token).SignOut(r.Context()); err != nil && !platform.IsSignedOut(err) {
			s.Log.WarnContext(r.Context(), "session.end", "error", err)
		}
	}
	s.cookies.SignOut(w)
	http.Redirect(w, r, "/login", http.StatusSeeOther)
	return nil
}
