package platform

import (
	"context"
	"net"
	"net/http"
	"strings"
	"time"
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
		DialContext:           dial,
		MaxIdleConnsPerHost:   32,
		IdleConnTimeout:       time.Minute,
		TLSHandshakeTimeout:   dialTimeout,
		ResponseHeaderTimeout: responseTimeout,
	}
}

func dial(ctx context.Context, network, addr string) (net.Conn, error) {
	dialer := net.Dialer{Timeout: dialTimeout}
	return dialer.DialContext(ctx, network, loopback(addr))
}

// loopback replaces a host under localhost by its address.
func loopback(addr string) string {
	host, port, err := net.SplitHostPort(addr)
	if err != nil {
		return addr
	}
	host = strings.ToLower(strings.TrimSuffix(host, "."))
	if host == "localhost" || strings.HasSuffix(host, ".localhost") {
		return net.JoinHostPort("127.0.0.1", port)
	}
	return addr
}
