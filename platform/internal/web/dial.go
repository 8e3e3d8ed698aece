package web

import (
	"context"
	"fmt"
	"net"
	"net/http"
	"net/netip"
	"slices"
	"strings"
	"syscall"
	"time"
)

// Dialer connects to servers that apps name. It refuses private and link-local
// addresses after resolution, so that neither a name nor a redirect can reach
// the host's neighbours; loopback is allowed, since sandbox apps live there.
type Dialer struct {
	// AllowHosts are host names, or addresses, that may be private.
	AllowHosts []string
}

// Client returns an HTTP client that never follows redirects.
func (d Dialer) Client(timeout time.Duration) *http.Client {
	return &http.Client{
		Timeout:       timeout,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
		Transport: &http.Transport{
			DialContext:         d.DialContext,
			TLSHandshakeTimeout: timeout,
			MaxIdleConnsPerHost: 16,
			IdleConnTimeout:     time.Minute,
			DisableCompression:  true,
		},
	}
}

// DialContext connects to host:port. Names under localhost are loopback, as
// in browsers; Go's resolver does not know them.
func (d Dialer) DialContext(ctx context.Context, network, addr string) (net.Conn, error) {
	host, port, err := net.SplitHostPort(addr)
	if err != nil {
		return nil, err
	}
	if host == "localhost" || strings.HasSuffix(strings.ToLower(host), ".localhost") {
		addr = net.JoinHostPort("127.0.0.1", port)
	}
	dialer := net.Dialer{Timeout: 10 * time.Second}
	if !slices.Contains(d.AllowHosts, host) {
		dialer.Control = refusePrivate
	}
	return dialer.DialContext(ctx, network, addr)
}

func refusePrivate(_, address string, _ syscall.RawConn) error {
	ap, err := netip.ParseAddrPort(address)
	if err != nil {
		return err
	}
	ip := ap.Addr().Unmap()
	if ip.IsLoopback() || ip.IsGlobalUnicast() && !ip.IsPrivate() {
		return nil
	}
	return fmt.Errorf("%s is a private address; name its host in --allow-webhook-hosts to reach it", ip)
}
