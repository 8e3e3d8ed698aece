package selorax

import (
	"errors"
	"fmt"
	"strconv"
	"time"

	"github.com/golang-jwt/jwt/v5"
)

// Session is who is looking at the app's page, as the platform vouches for it.
type Session struct {
	StoreID        int64
	InstallationID int64
	AppID          int64
	UserID         int64
	ExpiresAt      time.Time
}

// Reasons to refuse a session token.
var (
	ErrSessionExpired = errors.New("the session token has expired")
	ErrSessionInvalid = errors.New("the session token is not valid")
)

// clockSkew is how far the platform's clock and ours may be apart.
const clockSkew = 5 * time.Second

// SessionVerifier checks the tokens that the dashboard gives to the app's
// page. They are the only identity a page has: which store it may see is in
// the token and nowhere else.
type SessionVerifier struct {
	ClientID string
	// SigningKey is used as its 64 characters stand; it is not hex to decode.
	SigningKey string
	Now        func() time.Time
}

type sessionClaims struct {
	jwt.RegisteredClaims
	SessionID string `json:"sid"`
	AppID     int64  `json:"app_id"`
	UserID    int64  `json:"user_id"`
}

// Verify checks signature, audience and time, and reads the ids. The error is
// ErrSessionExpired or wraps ErrSessionInvalid.
func (v SessionVerifier) Verify(token string) (Session, error) {
	var claims sessionClaims
	// The algorithm is fixed here and never taken from the token: a token
	// that names "none" or another one is refused.
	_, err := jwt.ParseWithClaims(token, &claims,
		func(*jwt.Token) (any, error) { return []byte(v.SigningKey), nil },
		jwt.WithValidMethods([]string{jwt.SigningMethodHS256.Alg()}),
		jwt.WithAudience(v.ClientID), jwt.WithExpirationRequired(),
		jwt.WithLeeway(clockSkew), jwt.WithTimeFunc(v.Now))
	switch {
	case errors.Is(err, jwt.ErrTokenExpired):
		return Session{}, ErrSessionExpired
	case err != nil:
		return Session{}, fmt.Errorf("%w: %w", ErrSessionInvalid, err)
	}
	storeID, okStore := parseID(claims.Subject)
	installationID, okInstallation := parseID(claims.SessionID)
	if !okStore || !okInstallation {
		return Session{}, fmt.Errorf("%w: sub and sid must be digits", ErrSessionInvalid)
	}
	return Session{
		StoreID: storeID, InstallationID: installationID, AppID: claims.AppID, UserID: claims.UserID,
		ExpiresAt: claims.ExpiresAt.Time,
	}, nil
}

// parseID reads a positive number of plain digits: no sign, no space.
func parseID(text string) (int64, bool) {
	for _, c := range []byte(text) {
		if c < '0' || c > '9' {
			return 0, false
		}
	}
	n, err := strconv.ParseInt(text, 10, 64)
	return n, err == nil && n > 0
}
