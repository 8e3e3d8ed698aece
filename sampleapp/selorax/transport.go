package selorax

import (
	"context"
	"errors"
	"net"
	"net/http"
	"strings"
	"syscall"
	"time"
)

// NewHTTPClient returns a client for the platform: one attempt takes at most
// timeout, redirects are not followed (a token must not travel on), and names
// under localhost are this machine, as in browsers, if something listens there.
func NewHTTPClient(timeout time.Duration) *http.Client {
	return &http.Client{
		Timeout:       timeout,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
		Transport: &http.Transport{
			Proxy:               http.ProxyFromEnvironment,
			DialContext:         dial,
			TLSHandshakeTimeout: timeout,
			MaxIdleConnsPerHost: 16,
			IdleConnTimeout:     time.Minute,
			ForceAttemptHTTP2:   true,
		},
	}
}

func dial(ctx context.Context, network, addr string) (net.Conn, error) {
	dialer := net.Dialer{Timeout: 10 * time.Second}
	host, port, err := net.SplitHostPort(addr)
	if err != nil {
		return nil, err
	}
	if host != "localhost" && !strings.HasSuffix(host, ".localhost") {
		return dialer.DialContext(ctx, network, addr)
	}
	// Go's resolver does not know *.localhost, and some systems answer
	// localhost with ::1 first. Between containers it is the network that
	// knows the name, and nobody listens on this container's own loopback.
	conn, err := dialer.DialContext(ctx, network, net.JoinHostPort("127.0.0.1", port))
	if !errors.Is(err, syscall.ECONNREFUSED) {
		return conn, err
	}
	for _, other := range []string{net.JoinHostPort("::1", port), addr} {
		if conn, err := dialer.DialContext(ctx, network, other); err == nil {
			return conn, nil
		}
	}
	return nil, err
}
