package jwt

import (
	"errors"
	"time"

	lib "github.com/golang-jwt/jwt/v5"

	"github.com/selorax/sandbox/platform/internal/clock"
)

// Registered are the standard claims; embed them in a struct of own claims.
type Registered = lib.RegisteredClaims

// Claims is a struct that embeds Registered.
type Claims = lib.Claims

// Audience is the "aud" claim.
type Audience = lib.ClaimStrings

// ErrExpired and ErrInvalid are what Verify returns.
var (
	ErrExpired = errors.New("the token has expired")
	ErrInvalid = errors.New("the token is not valid")
)

// Date makes a time claim, in whole seconds.
func Date(t time.Time) *lib.NumericDate { return lib.NewNumericDate(t) }

// Sign returns the token of claims.
func Sign(key []byte, claims Claims) (string, error) {
	return lib.NewWithClaims(lib.SigningMethodHS256, claims).SignedString(key)
}

// Verify reads a token into claims after checking signature, algorithm,
// expiry and, unless it is "", the audience.
func Verify(key []byte, text, audience string, claims Claims) error {
	options := []lib.ParserOption{
		lib.WithValidMethods([]string{lib.SigningMethodHS256.Alg()}),
		lib.WithExpirationRequired(),
		lib.WithTimeFunc(clock.Machine),
	}
	if audience != "" {
		options = append(options, lib.WithAudience(audience))
	}
	_, err := lib.ParseWithClaims(text, claims, func(*lib.Token) (any, error) { return key, nil }, options...)
	switch {
	case err == nil:
		return nil
	case errors.Is(err, lib.ErrTokenExpired):
		return ErrExpired
	}
	return errors.Join(ErrInvalid, err)
}

// Peek reads a token's claims without any check, to learn whose key it needs.
func Peek(text string, claims Claims) error {
	_, _, err := lib.NewParser().ParseUnverified(text, claims)
	return err
}
