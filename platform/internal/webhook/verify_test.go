package webhook

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"io"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// What receivers do, written apart from the code that signs.

var errRefused = errors.New("refused")

// tolerance is how old or new a timestamp may be.
const tolerance = 300 * time.Second

func fresh(seconds string, now time.Time) bool {
	n, err := strconv.ParseInt(seconds, 10, 64)
	return err == nil && now.Sub(time.Unix(n, 0)).Abs() <= tolerance
}

// verifyPlatform checks X-SeloraX-Signature as the platform's SDK does.
func verifyPlatform(secret string, h http.Header, body []byte, now time.Time) error {
	seconds := h.Get("X-SeloraX-Timestamp")
	mac := hmac.New(sha256.New, []byte(secret))
	_, _ = io.WriteString(mac, seconds+"."+string(body))
	want := "sha256=" + hex.EncodeToString(mac.Sum(nil))
	if !fresh(seconds, now) || !hmac.Equal([]byte(want), []byte(h.Get("X-SeloraX-Signature"))) {
		return errRefused
	}
	return nil
}

// verifyStandard checks the Standard Webhooks headers as its libraries do.
func verifyStandard(secret string, h http.Header, body []byte, now time.Time) error {
	messageID, seconds := h.Get("webhook-id"), h.Get("webhook-timestamp")
	key, err := base64.StdEncoding.DecodeString(strings.TrimPrefix(secret, "whsec_"))
	if err != nil || messageID == "" || !fresh(seconds, now) {
		return errRefused
	}
	mac := hmac.New(sha256.New, key)
	_, _ = io.WriteString(mac, messageID+"."+seconds+"."+string(body))
	for one := range strings.FieldsSeq(h.Get("webhook-signature")) {
		version, text, _ := strings.Cut(one, ",")
		got, err := base64.StdEncoding.DecodeString(text)
		if err == nil && version == "v1" && hmac.Equal(got, mac.Sum(nil)) {
			return nil
		}
	}
	return errRefused
}

func readAll(r *http.Request) ([]byte, error) { return io.ReadAll(r.Body) }
