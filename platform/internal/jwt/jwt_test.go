package jwt

import (
	"errors"
	"testing"
	"time"

	lib "github.com/golang-jwt/jwt/v5"
)

func TestVerify(t *testing.T) {
	t.Parallel()
	key := []byte("a key of the right owner")
	sign := func(method lib.SigningMethod, key any, c Registered) string {
		text, err := lib.NewWithClaims(method, c).SignedString(key)
		if err != nil {
			t.Fatal(err)
		}
		return text
	}
	good := Registered{Audience: Audience{"sx_app_1"}, ExpiresAt: Date(time.Now().Add(time.Minute))}
	past := Registered{Audience: Audience{"sx_app_1"}, ExpiresAt: Date(time.Now().Add(-time.Minute))}
	for name, c := range map[string]struct {
		text string
		want error
	}{
		"good":         {sign(lib.SigningMethodHS256, key, good), nil},
		"expired":      {sign(lib.SigningMethodHS256, key, past), ErrExpired},
		"no expiry":    {sign(lib.SigningMethodHS256, key, Registered{Audience: Audience{"sx_app_1"}}), ErrInvalid},
		"other key":    {sign(lib.SigningMethodHS256, []byte("x"), good), ErrInvalid},
		"other method": {sign(lib.SigningMethodHS512, key, good), ErrInvalid},
		"no signature": {sign(lib.SigningMethodNone, lib.UnsafeAllowNoneSignatureType, good), ErrInvalid},
		"other aud":    {sign(lib.SigningMethodHS256, key, Registered{Audience: Audience{"sx_app_2"}, ExpiresAt: good.ExpiresAt}), ErrInvalid},
		"not before":   {sign(lib.SigningMethodHS256, key, Registered{Audience: good.Audience, ExpiresAt: good.ExpiresAt, NotBefore: Date(time.Now().Add(time.Hour))}), ErrInvalid},
		"not a token":  {"abc", ErrInvalid},
		"empty":        {"", ErrInvalid},
	} {
		if err := Verify(key, c.text, "sx_app_1", &Registered{}); !errors.Is(err, c.want) {
			t.Errorf("%s: got %v, want %v", name, err, c.want)
		}
	}
}

func TestSignIsVerified(t *testing.T) {
	t.Parallel()
	text, err := Sign([]byte("key"), Registered{Subject: "22", ExpiresAt: Date(time.Now().Add(time.Minute))})
	if err != nil {
		t.Fatal(err)
	}
	var got Registered
	if err := Verify([]byte("key"), text, "", &got); err != nil || got.Subject != "22" {
		t.Errorf("got %+v, %v", got, err)
	}
	var peeked Registered
	if err := Peek(text, &peeked); err != nil || peeked.Subject != "22" {
		t.Errorf("peeked %+v, %v", peeked, err)
	}
}
