package selorax

import (
	"errors"
	"fmt"
	"strconv"

	"github.com/golang-jwt/jwt/v5"
)

// Session is who looks at the app: a merchant in one store.
type Session struct {
	StoreID        int64
	InstallationID int64
	UserID         int64
}

// Sessions verifies session tokens.
type Sessions struct {
	ClientID string
	// SigningKey is SESSION_SIGNING_KEY: the 64 characters are the key as they
	// stand, they are not decoded.
	SigningKey string
}

// Refusals of Verify.
var (
	ErrSessionExpired = errors.New("the session token has expired")
	ErrSessionInvalid = errors.New("the session token is not valid for this app")
)

type sessionClaims struct {
	jwt.RegisteredClaims
	InstallationID string `json:"sid"`
	UserID         int64  `json:"user_id"`
}

// Verify checks signature, audience and expiry of a session token. The store
// it names is the only store a request may touch.
func (s Sessions) Verify(token string) (Session, error) {
	var c sessionClaims
	_, err := jwt.ParseWithClaims(token, &c,
		func(*jwt.Token) (any, error) { return []byte(s.SigningKey), nil },
		jwt.WithValidMethods([]string{jwt.SigningMethodHS256.Alg()}), // never "none", never an asymmetric one
		jwt.WithAudience(s.ClientID),
		jwt.WithExpirationRequired())
	switch {
	case errors.Is(err, jwt.ErrTokenExpired):
		return Session{}, ErrSessionExpired
	case err != nil:
		return Session{}, fmt.Errorf("%w: %w", ErrSessionInvalid, err)
	}
	storeID, errStore := strconv.ParseInt(c.Subject, 10, 64)
	installationID, errInstallation := strconv.ParseInt(c.InstallationID, 10, 64)
	if errStore != nil || errInstallation != nil || storeID < 1 || installationID < 1 {
		return Session{}, ErrSessionInvalid
	}
	return Session{StoreID: storeID, InstallationID: installationID, UserID: c.UserID}, nil
}
