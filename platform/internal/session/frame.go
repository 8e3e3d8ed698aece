package session

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"maps"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"
)

// frame is what a frame URL is made of.
type frame struct {
	AppURL          string
	StoreID         int64
	DashboardOrigin string
	Return          url.Values // payment and charge_id after a payment, signed with the rest
	At              time.Time
}

// signed returns the URL with its hmac.
func (f frame) signed(signingKey string) (string, error) {
	u, err := url.Parse(f.AppURL)
	if err != nil {
		return "", err
	}
	q := u.Query()
	for name := range f.Return {
		q.Set(name, f.Return.Get(name))
	}
	q.Set("store_id", strconv.FormatInt(f.StoreID, 10))
	q.Set("host", base64.RawURLEncoding.EncodeToString([]byte(f.DashboardOrigin)))
	q.Set("timestamp", strconv.FormatInt(f.At.Unix(), 10))
	q.Set("hmac", sum(q, signingKey))
	u.RawQuery = q.Encode()
	return u.String(), nil
}

// sum is the HMAC-SHA256, in hex, over the decoded parameters but hmac itself,
// sorted by name and joined as name=value with "&".
func sum(q url.Values, signingKey string) string {
	var pairs []string
	for _, name := range slices.Sorted(maps.Keys(q)) {
		if name != "hmac" {
			pairs = append(pairs, name+"="+q.Get(name))
		}
	}
	mac := hmac.New(sha256.New, []byte(signingKey))
	mac.Write([]byte(strings.Join(pairs, "&")))
	return hex.EncodeToString(mac.Sum(nil))
}
