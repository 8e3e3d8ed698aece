package dial

import (
	"errors"
	"net"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"syscall"
	"testing"
	"time"
)

func TestRefusedAddresses(t *testing.T) {
	t.Parallel()
	for _, ip := range []string{
		"10.0.0.1", "172.16.0.1", "172.31.255.255", "192.168.1.1", "fd00::1", "fc00::1", // private
		"169.254.169.254", "fe80::1", "fe80::1%lo", "fec0::1", "fec0::1%lo", // link-local, with the metadata service of clouds
		"0.0.0.0", "0.1.2.3", "::", // unspecified: Linux takes it for loopback
		"100.64.0.1", "100.127.255.255", // carrier-grade NAT
		"224.0.0.1", "239.255.255.250", "ff02::1", "ff05::2", "255.255.255.255", "240.0.0.1", // multicast, broadcast, reserved
		"192.0.0.8", "192.0.2.1", "198.18.0.1", "198.51.100.1", "203.0.113.1", "2001:db8::1", "100::1",
		"::ffff:10.0.0.1", "::ffff:169.254.169.254", "::ffff:0.0.0.0", "::ffff:100.64.0.1", "::ffff:192.168.0.1", // IPv4-mapped
		"64:ff9b::10.0.0.1", "64:ff9b::a9fe:a9fe", "64:ff9b:1::1", // NAT64
		"2002:0a00:0001::1", "2001:0::1", "::10.0.0.1", // 6to4, Teredo, IPv4-compatible
	} {
		_, err := Dialer{}.DialContext(t.Context(), "tcp", net.JoinHostPort(ip, "9"))
		if err == nil || !errors.Is(err, ErrNotPublic) {
			t.Errorf("%s: %v", ip, err)
		}
	}
}

func TestAdmittedAddresses(t *testing.T) {
	t.Parallel()
	for _, ip := range []string{
		"127.0.0.1", "127.8.8.8", "::1", "::ffff:127.0.0.1",
		"1.1.1.1", "9.255.255.255", "11.0.0.0", "100.63.255.255", "100.128.0.0", "172.15.0.1", "172.32.0.1", "192.169.0.1", "223.255.255.255",
		"2606:4700::1111", "2001:4860:4860::8888", "::ffff:1.1.1.1",
	} {
		if err := refusePrivate("tcp", netip.AddrPortFrom(netip.MustParseAddr(ip), 443).String(), nil); err != nil {
			t.Errorf("%s: %v", ip, err)
		}
	}
	if refusePrivate("tcp", "not an address", nil) == nil {
		t.Error("what cannot be read was admitted")
	}
}

func TestLocalhostNamesAreLoopback(t *testing.T) {
	t.Parallel()
	l := listen(t, "127.0.0.1:0")
	for _, host := range []string{"localhost", "LOCALHOST", "localhost.", "restock.localhost", "a.b.Localhost", "api.x.selorax.localhost", "restock-x.localhost", "127.0.0.1"} {
		conn, err := Dialer{}.DialContext(t.Context(), "tcp", net.JoinHostPort(host, port(l)))
		if err != nil {
			t.Errorf("%s: %v", host, err)
			continue
		}
		conn.Close()
	}
	if _, err := (Dialer{}).DialContext(t.Context(), "tcp", "no port"); err == nil {
		t.Error("dialled no port")
	}
}

func TestLocalhostOnIPv6Alone(t *testing.T) {
	t.Parallel()
	l, err := net.Listen("tcp", "[::1]:0")
	if err != nil {
		t.Skip("this machine has no IPv6 loopback")
	}
	defer l.Close()
	conn, err := Dialer{}.DialContext(t.Context(), "tcp", "app.localhost:"+port(l))
	if err != nil {
		t.Fatal(err)
	}
	conn.Close()
	l.Close()
	if _, err := (Dialer{}).DialContext(t.Context(), "tcp", "app.localhost:"+port(l)); !errors.Is(err, syscall.ECONNREFUSED) || !strings.Contains(err.Error(), "127.0.0.1") {
		t.Errorf("with nobody listening: %v", err)
	}
}

func TestAllowedHostsMayBePrivate(t *testing.T) {
	t.Parallel()
	d := Dialer{AllowHosts: []string{"0.0.0.0", "Inner.Example"}}
	l := listen(t, "127.0.0.1:0")
	conn, err := d.DialContext(t.Context(), "tcp", "0.0.0.0:"+port(l)) // the one refused address that leads here
	if err != nil {
		t.Fatal(err)
	}
	conn.Close()
	if _, err := d.DialContext(t.Context(), "tcp", "0.0.0.1:"+port(l)); err == nil {
		t.Error("allowing one address allowed another")
	}
}

func TestTrustedServersMayBePrivate(t *testing.T) {
	t.Parallel()
	l := listen(t, "127.0.0.1:0")
	addr := net.JoinHostPort("0.0.0.0", port(l)) // Linux takes it for loopback
	if _, err := (Dialer{}).DialContext(t.Context(), "tcp", addr); !errors.Is(err, ErrNotPublic) {
		t.Errorf("got %v", err)
	}
	conn, err := Dialer{Trusted: true}.DialContext(t.Context(), "tcp", addr)
	if err != nil {
		t.Fatal(err)
	}
	_ = conn.Close()
}

func TestClientFollowsNoRedirect(t *testing.T) {
	t.Parallel()
	reached := false
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/inner" {
			reached = true
		}
		http.Redirect(w, r, "/inner", http.StatusFound)
	}))
	defer server.Close()
	res, err := Dialer{}.Client(10 * time.Second).Get(server.URL)
	if err != nil {
		t.Fatal(err)
	}
	res.Body.Close()
	if res.StatusCode != http.StatusFound || reached {
		t.Errorf("answered %d, followed: %v", res.StatusCode, reached)
	}
}

func listen(t *testing.T, addr string) net.Listener {
	t.Helper()
	l, err := net.Listen("tcp", addr)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	return l
}

func port(l net.Listener) string {
	_, port, _ := net.SplitHostPort(l.Addr().String())
	return port
}
