package frame

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/netip"
	"strings"
	"syscall"
)

// errPrivate is the refusal to connect to a neighbour of this machine.
var errPrivate = errors.New("not a public address")

// dial connects as the browser beside this server would. Names under
// localhost are loopback, which Go's resolver does not know; any other address
// has to be public or loopback after resolution, so that no app can have this
// server look around in a private network.
func dial(ctx context.Context, network, address string) (net.Conn, error) {
	host, port, err := net.SplitHostPort(address)
	if err != nil {
		return nil, err
	}
	host = strings.ToLower(strings.TrimSuffix(host, "."))
	dialer := net.Dialer{Control: refusePrivate}
	if host != "localhost" && !strings.HasSuffix(host, ".localhost") {
		return dialer.DialContext(ctx, network, address)
	}
	conn, err := dialer.DialContext(ctx, network, net.JoinHostPort("127.0.0.1", port))
	if !errors.Is(err, syscall.ECONNREFUSED) {
		return conn, err
	}
	// Some development servers listen on ::1 alone.
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
	ip := ap.Addr().Unmap().WithZone("")
	if ip.IsLoopback() || ip.IsGlobalUnicast() && !ip.IsPrivate() && !special(ip) {
		return nil
	}
	return fmt.Errorf("%s: %w", ip, errPrivate)
}

// special reports whether an address lies in a block of RFC 6890 that is not
// the public internet though netip takes it for global unicast. IPv6 blocks
// that wrap an IPv4 address are among them: they could wrap a private one.
func special(ip netip.Addr) bool {
	for _, block := range [...]string{
		"0.0.0.0/8", "100.64.0.0/10", "192.0.0.0/24", "198.18.0.0/15", "240.0.0.0/4",
		"::/96", "64:ff9b::/96", "64:ff9b:1::/48", "100::/64", "2001::/32", "2002::/16", "fec0::/10",
	} {
		if netip.MustParsePrefix(block).Contains(ip) {
			return true
		}
	}
	return false
}
