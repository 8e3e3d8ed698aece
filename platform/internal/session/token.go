package session

import (
	"errors"
	"strconv"
	"strings"
	"time"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/clock"
	"github.com/selorax/sandbox/platform/internal/id"
	"github.com/selorax/sandbox/platform/internal/jwt"
)

// TokenLife is how long a session token is good.
const TokenLife = 10 * time.Minute

// Claims are those of a session token. Subject is the store id, SessionID the
// installation id; both are digits in a string.
type Claims struct {
	jwt.Registered
	SessionID string `json:"sid"`
	AppID     int64  `json:"app_id"`
	UserID    int64  `json:"user_id"`
}

// issue signs a session token for a dashboard user.
func issue(issuer string, o opening, userID int64) (string, error) {
	now, i := clock.Machine(), o.installation
	return jwt.Sign([]byte(o.key), Claims{
		Registered: jwt.Registered{
			Issuer: issuer, Audience: jwt.Audience{o.app.ClientID}, Subject: strconv.FormatInt(i.StoreID, 10), ID: newID(o.generation),
			IssuedAt: jwt.Date(now), NotBefore: jwt.Date(now), ExpiresAt: jwt.Date(now.Add(TokenLife)),
		},
		SessionID: strconv.FormatInt(i.InstallationID, 10), AppID: i.AppID, UserID: userID,
	})
}

// newID names a token: the generation of the installation, since a reinstall
// keeps the installation's id and must not bring tokens back, and a UUID.
func newID(generation int64) string { return strconv.FormatInt(generation, 10) + "." + id.UUID() }

// generationOf reads it back; 0 for an id that is not the platform's.
func generationOf(tokenID string) int64 {
	text, _, _ := strings.Cut(tokenID, ".")
	n, _ := strconv.ParseInt(text, 10, 64)
	return n
}

// verify checks a session token of an app and reads the ids in it.
func verify(text, clientID, signingKey string) (v api.SessionVerified, generation int64, err error) {
	var c Claims
	if err := jwt.Verify([]byte(signingKey), text, clientID, &c); err != nil {
		return v, 0, err
	}
	storeID, errStore := strconv.ParseInt(c.Subject, 10, 64)
	installationID, errInstallation := strconv.ParseInt(c.SessionID, 10, 64)
	if err := errors.Join(errStore, errInstallation); err != nil {
		return v, 0, errors.Join(jwt.ErrInvalid, err)
	}
	return api.SessionVerified{
		StoreID: storeID, InstallationID: installationID, AppID: c.AppID, UserID: c.UserID,
		ExpiresAt: api.Time{Time: c.ExpiresAt.Time},
	}, generationOf(c.ID), nil
}
