package selorax

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"maps"
	"net/url"
	"slices"
	"strings"
	"time"
)

// How old the address of a frame may be, and how far ahead of our clock.
const (
	frameMaxAge   = 10 * time.Minute
	frameMaxAhead = time.Minute
)

// Reasons to refuse the address of a frame.
var (
	ErrFrameUnsigned = errors.New("the address carries no signature")
	ErrFrameInvalid  = errors.New("the signature of the address does not match")
	ErrFrameStale    = errors.New("the address is too old, or the clocks of the two machines differ")
)

// Frame is what the signed address of the app's page says.
type Frame struct {
	StoreID         int64
	DashboardOrigin string
	SignedAt        time.Time
}

// FrameVerifier checks that the dashboard opened the app's page: the query is
// signed with the app's session signing key.
//
// The address says which page to draw, not who is looking. It can be copied,
// so nothing that belongs to a store is served for it; that takes a session
// token.
type FrameVerifier struct {
	SigningKey string
	Now        func() time.Time
}

// Verify checks a raw query.
func (v FrameVerifier) Verify(rawQuery string) (f Frame, err error) {
	q, err := url.ParseQuery(rawQuery)
	if err != nil {
		return f, ErrFrameInvalid
	}
	if !q.Has("hmac") {
		return f, ErrFrameUnsigned
	}
	if !v.signed(q) {
		return f, ErrFrameInvalid
	}
	if f, err = readFrame(q); err != nil {
		return Frame{}, err
	}
	if age := v.Now().Sub(f.SignedAt); age > frameMaxAge || age < -frameMaxAhead {
		return Frame{}, ErrFrameStale
	}
	return f, nil
}

// signed compares the HMAC-SHA256 over the decoded parameters but hmac itself,
// sorted by name and joined as name=value with "&".
func (v FrameVerifier) signed(q url.Values) bool {
	var pairs []string
	for _, name := range slices.Sorted(maps.Keys(q)) {
		if len(q[name]) != 1 {
			return false // which of two values was signed?
		}
		if name != "hmac" {
			pairs = append(pairs, name+"="+q.Get(name))
		}
	}
	got, err := hex.DecodeString(q.Get("hmac"))
	mac := hmac.New(sha256.New, []byte(v.SigningKey))
	mac.Write([]byte(strings.Join(pairs, "&")))
	return err == nil && hmac.Equal(got, mac.Sum(nil))
}

// readFrame is strict about each value. The signed text joins decoded values
// without escaping, so "a=1&b=2" might be one parameter or two; a value of the
// right shape cannot hold a second parameter.
func readFrame(q url.Values) (Frame, error) {
	storeID, okStore := parseID(q.Get("store_id"))
	seconds, okTime := parseID(q.Get("timestamp"))
	host, err := base64.RawURLEncoding.DecodeString(strings.TrimRight(q.Get("host"), "="))
	if !okStore || !okTime || err != nil || !isOrigin(string(host)) {
		return Frame{}, ErrFrameInvalid
	}
	return Frame{StoreID: storeID, DashboardOrigin: string(host), SignedAt: time.Unix(seconds, 0)}, nil
}

func isOrigin(text string) bool {
	u, err := url.Parse(text)
	return err == nil && (u.Scheme == "http" || u.Scheme == "https") && u.Host != "" && u.Scheme+"://"+u.Host == text
}
