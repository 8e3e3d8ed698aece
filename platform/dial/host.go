package dial

import (
	"net/netip"
	"slices"
	"strings"
)

// AllowsPlain reports whether a host may be spoken to by http: one on this
// machine, or one that AllowHosts names.
func (d Dialer) AllowsPlain(host string) bool {
	host = strings.ToLower(strings.TrimSuffix(host, "."))
	addr, err := netip.ParseAddr(host)
	return isLocalName(host) || err == nil && addr.Unmap().IsLoopback() || d.names(host)
}

// Refuses reports whether a host is an address that DialContext refuses. What
// a name stands for is known when it is dialled, and looked at then.
func (d Dialer) Refuses(host string) bool {
	addr, err := netip.ParseAddr(host)
	return err == nil && !d.Trusted && !d.names(host) && refuseAddr(addr) != nil
}

func (d Dialer) names(host string) bool {
	return slices.ContainsFunc(d.AllowHosts, func(allowed string) bool { return strings.EqualFold(allowed, host) })
}

func isLocalName(host string) bool {
	return host == "localhost" || strings.HasSuffix(host, ".localhost")
}
