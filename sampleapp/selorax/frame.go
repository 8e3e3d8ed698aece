package selorax

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"maps"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"
)

// How old a frame URL may be, and how far ahead the platform's clock.
const (
	frameAge  = 10 * time.Minute
	frameSkew = time.Minute
)

// ErrFrame says that a frame URL was not signed by the platform, or long ago.
var ErrFrame = errors.New("the frame's address is not signed by the platform, or is too old")

// VerifyFrame checks the query of the URL that the dashboard opened the app's
// frame with: HMAC-SHA256, in hex, over all decoded parameters but hmac,
// sorted by name and joined as name=value with "&".
func VerifyFrame(query url.Values, signingKey string, now time.Time) error {
	var pairs []string
	for _, name := range slices.Sorted(maps.Keys(query)) {
		if len(query[name]) != 1 {
			return ErrFrame // a repeated parameter could be read either way
		}
		if name != "hmac" {
			pairs = append(pairs, name+"="+query.Get(name))
		}
	}
	sent, err := hex.DecodeString(query.Get("hmac"))
	mac := hmac.New(sha256.New, []byte(signingKey))
	mac.Write([]byte(strings.Join(pairs, "&")))
	if err != nil || !hmac.Equal(sent, mac.Sum(nil)) {
		return ErrFrame
	}
	seconds, err := strconv.ParseInt(query.Get("timestamp"), 10, 64)
	if age := now.Sub(time.Unix(seconds, 0)); err != nil || age > frameAge || age < -frameSkew {
		return ErrFrame
	}
	return nil
}
