package dial

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/netip"
	"slices"
	"strings"
	"syscall"
	"time"
)

const (
	dialTimeout       = 10 * time.Second
	maxResponseHeader = 64 << 10
)

// ErrNotPublic says that an address is neither public nor loopback.
var ErrNotPublic = errors.New("not a public address")

// Dialer connects to servers that apps name. It refuses private and link-local
// addresses after resolution, so that neither a name nor a redirect can reach
// the host's neighbours; loopback is allowed, since sandbox apps live there.
type Dialer struct {
	// AllowHosts are host names, or addresses, that may be private. A name
	// under localhost that stands here is resolved as any other: the network
	// of containers gives it the address of one of them.
	AllowHosts []string
	// Trusted allows every address, for servers that the operator names.
	Trusted bool
}

// Client returns an HTTP client that never follows redirects. It uses no proxy
// of the environment, which would resolve names out of the Dialer's sight.
func (d Dialer) Client(timeout time.Duration) *http.Client {
	return &http.Client{
		Timeout:       timeout,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
		Transport: &http.Transport{
			DialContext:            d.DialContext,
			TLSHandshakeTimeout:    timeout,
			MaxIdleConnsPerHost:    16,
			IdleConnTimeout:        time.Minute,
			MaxResponseHeaderBytes: maxResponseHeader,
			DisableCompression:     true,
		},
	}
}

// DialContext connects to host:port. Names under localhost are loopback, as
// in browsers, unless AllowHosts has them; Go's resolver does not know them.
func (d Dialer) DialContext(ctx context.Context, network, addr string) (net.Conn, error) {
	host, port, err := net.SplitHostPort(addr)
	if err != nil {
		return nil, err
	}
	host = strings.ToLower(strings.TrimSuffix(host, "."))
	dialer := net.Dialer{Timeout: dialTimeout}
	allowed := d.names(host)
	if !allowed && isLocalName(host) {
		return dialLoopback(ctx, dialer, network, port)
	}
	if !allowed && !d.Trusted {
		dialer.Control = refusePrivate
	}
	return dialer.DialContext(ctx, network, addr)
}

// dialLoopback tries both loopback addresses: some development servers listen
// on ::1 alone.
func dialLoopback(ctx context.Context, dialer net.Dialer, network, port string) (net.Conn, error) {
	conn, err := dialer.DialContext(ctx, network, net.JoinHostPort("127.0.0.1", port))
	if !errors.Is(err, syscall.ECONNREFUSED) {
		return conn, err
	}
	if conn, err := dialer.DialContext(ctx, network, net.JoinHostPort("::1", port)); err == nil {
		return conn, nil
	}
	return nil, err
}

func refusePrivate(_, address string, _ syscall.RawConn) error {
	ap, err := netip.ParseAddrPort(address)
	if err != nil {
		return err
	}
	return refuseAddr(ap.Addr())
}

func refuseAddr(addr netip.Addr) error {
	ip := addr.Unmap().WithZone("")
	if ip.IsLoopback() || ip.IsGlobalUnicast() && !ip.IsPrivate() && !special(ip) {
		return nil
	}
	return fmt.Errorf("%s is %w", ip, ErrNotPublic)
}

// special reports whether an address lies in a block of RFC 6890 that is not
// the public internet though netip takes it for global unicast. The IPv6
// blocks that wrap an IPv4 address are refused whole: they could wrap a
// private one.
func special(ip netip.Addr) bool {
	return slices.ContainsFunc(specialBlocks, func(block netip.Prefix) bool { return block.Contains(ip) })
}

var specialBlocks = []netip.Prefix{
	netip.MustParsePrefix("0.0.0.0/8"),       // this network
	netip.MustParsePrefix("100.64.0.0/10"),   // carrier-grade NAT
	netip.MustParsePrefix("192.0.0.0/24"),    // protocol assignments
	netip.MustParsePrefix("192.0.2.0/24"),    // documentation
	netip.MustParsePrefix("198.18.0.0/15"),   // benchmarks
	netip.MustParsePrefix("198.51.100.0/24"), // documentation
	netip.MustParsePrefix("203.0.113.0/24"),  // documentation
	netip.MustParsePrefix("240.0.0.0/4"),     // reserved
	netip.MustParsePrefix("::/96"),           // IPv4-compatible
	netip.MustParsePrefix("64:ff9b::/96"),    // NAT64
	netip.MustParsePrefix("64:ff9b:1::/48"),  // local NAT64
	netip.MustParsePrefix("100::/64"),        // discard
	netip.MustParsePrefix("2001::/32"),       // Teredo
	netip.MustParsePrefix("2001:db8::/32"),   // documentation
	netip.MustParsePrefix("2002::/16"),       // 6to4
	netip.MustParsePrefix("fec0::/10"),       // site-local
}
