package merchant

import (
	"net"
	"net/http"
	"unicode/utf8"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/clock"
	"github.com/selorax/sandbox/platform/internal/db"
	"github.com/selorax/sandbox/platform/internal/problem"
	"github.com/selorax/sandbox/platform/internal/store"
	"github.com/selorax/sandbox/platform/internal/web"
)

// maxEmail is the longest address of RFC 5321.
const maxEmail = 254

// Routes registers signing in and out.
func (s *Service) Routes(r *web.Router) {
	r.Public(http.MethodPost, "/api/auth/login", s.login)
	r.ForUser(http.MethodPost, "/api/auth/logout", s.logout)
	r.ForUser(http.MethodGet, "/api/auth/me", s.me)
}

func (s *Service) login(w http.ResponseWriter, r *http.Request) error {
	in, err := web.Decode[api.LoginRequest](w, r)
	if err != nil {
		return err
	}
	if err := checkLogin(in); err != nil {
		return err
	}
	address, _, err := net.SplitHostPort(r.RemoteAddr)
	if err != nil {
		address = r.RemoteAddr
	}
	out, err := s.Login(r.Context(), in, address)
	if err != nil {
		return err
	}
	return web.OK(w, "Signed in.", out)
}

func checkLogin(in api.LoginRequest) error {
	var bad []api.FieldError
	switch email := foldEmail(in.Email); {
	case email == "":
		bad = append(bad, api.FieldError{Field: "email", Message: "is required"})
	case utf8.RuneCountInString(email) > maxEmail:
		bad = append(bad, api.FieldError{Field: "email", Message: "must have at most 254 characters"})
	}
	if in.Password == "" {
		bad = append(bad, api.FieldError{Field: "password", Message: "is required"})
	}
	if bad != nil {
		return problem.Validation(bad...)
	}
	return nil
}

// logout ends the session whose token the request carries.
func (s *Service) logout(w http.ResponseWriter, r *http.Request) error {
	err := s.DB.Write(r.Context(), func(tx *db.Tx) error {
		return endSession(tx, web.CallerOf(r).SessionID, clock.Machine().UnixMilli())
	})
	if err != nil {
		return err
	}
	return web.OK(w, "Signed out.", struct{}{})
}

func (s *Service) me(w http.ResponseWriter, r *http.Request) error {
	caller, out := web.CallerOf(r), api.Account{}
	err := s.DB.Read(r.Context(), func(tx *db.Tx) error {
		a, err := accountByID(tx, caller.UserID)
		if err != nil {
			return err
		}
		stores, err := store.Refs(tx, caller.Stores)
		out = a.show(stores)
		return err
	})
	if err != nil {
		return err
	}
	return web.OK(w, "Account fetched.", out)
}
