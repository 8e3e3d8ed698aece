package merchant

import (
	"context"
	"net/http"
	"strconv"
	"time"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/clock"
	"github.com/selorax/sandbox/platform/internal/db"
	"github.com/selorax/sandbox/platform/internal/id"
	"github.com/selorax/sandbox/platform/internal/jwt"
	"github.com/selorax/sandbox/platform/internal/problem"
	"github.com/selorax/sandbox/platform/internal/secret"
	"github.com/selorax/sandbox/platform/internal/store"
)

// Login checks a password and begins a session. Address is where the try comes
// from.
func (s *Service) Login(ctx context.Context, in api.LoginRequest, address string) (api.Login, error) {
	email := foldEmail(in.Email)
	key := email + " " + address
	tries, err := s.throttle.enter(ctx, key, clock.Machine())
	if err != nil {
		return api.Login{}, err
	}
	defer s.throttle.leave(key, tries)
	if wait := tries.wait(clock.Machine()); wait > 0 {
		return api.Login{}, tooManyTries(wait)
	}
	a, ok, err := s.check(ctx, email, in.Password)
	if err != nil {
		return api.Login{}, err
	}
	if !ok {
		tries.failed(clock.Machine())
		return api.Login{}, problem.Unauthorized(api.CodeInvalidCredentials, "Wrong email or password.")
	}
	tries.succeeded()
	return s.begin(ctx, a)
}

func tooManyTries(wait time.Duration) error {
	p := problem.New(http.StatusTooManyRequests, api.CodeRateLimited, "Too many failed sign-ins. Wait a minute and try again.")
	p.RetryAfter = wait
	return p
}

// check reports whether the password is the account's. For an unknown email it
// compares with another account's hash, so that it takes as long.
func (s *Service) check(ctx context.Context, email, password string) (a account, ok bool, err error) {
	known, hash := true, ""
	err = s.DB.Read(ctx, func(tx *db.Tx) error {
		a, err = accountByEmail(tx, email)
		if db.IsNone(err) {
			known = false
			hash, err = anyPasswordHash(tx)
		} else {
			hash = a.passwordHash
		}
		return err
	})
	if db.IsNone(err) { // nobody has an account
		return a, false, nil
	}
	if err != nil {
		return a, false, err
	}
	matches, err := secret.PasswordMatches(password, hash)
	return a, matches && known, err
}

// begin makes a session and its token.
func (s *Service) begin(ctx context.Context, a account) (out api.Login, err error) {
	now := clock.Machine().Truncate(time.Second)
	expires := now.Add(sessionLife)
	err = s.DB.Write(ctx, func(tx *db.Tx) error {
		if err := dropSessions(tx, now.UnixMilli()); err != nil {
			return err
		}
		ids, err := storeIDs(tx, a.id)
		if err != nil {
			return err
		}
		if out.Token, err = s.sign(a, ids, now, expires); err != nil {
			return err
		}
		stores, err := store.Refs(tx, ids)
		if err != nil {
			return err
		}
		out.Account = a.show(stores)
		return insertSession(tx, a.id, secret.Hash(out.Token), now.UnixMilli(), expires.UnixMilli())
	})
	out.ExpiresAt = api.At(expires.UnixMilli())
	return out, err
}

func (s *Service) sign(a account, stores []int64, now, expires time.Time) (string, error) {
	c := claims{Registered: jwt.Registered{
		Subject: strconv.FormatInt(a.id, 10), ID: id.UUID(), IssuedAt: jwt.Date(now), ExpiresAt: jwt.Date(expires),
	}}
	if len(stores) > 0 {
		c.StoreID = stores[0]
	}
	return jwt.Sign(s.Key, c)
}
