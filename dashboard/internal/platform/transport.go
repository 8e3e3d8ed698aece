package platform

import (
	"net/http"
	"time"

	"github.com/selorax/sandbox/platform/dial"
)

const (
	dialTimeout     = 5 * time.Second
	responseTimeout = 30 * time.Second
)

// NewTransport returns a transport that knows where *.localhost is: browsers
// take those names for loopback, Go's resolver does not know them. It uses no
// proxy of the environment; the platform is on this machine or named by the
// operator.
func NewTransport() *http.Transport {
	return &http.Transport{
		DialContext:           dial.Dialer{Trusted: true}.DialContext,
		MaxIdleConnsPerHost:   32,
		IdleConnTimeout:       time.Minute,
		TLSHandshakeTimeout:   dialTimeout,
		ResponseHeaderTimeout: responseTimeout,
	}
}
