package local

import (
	"errors"
	"fmt"
	"net"
	"syscall"
)

// listen opens the address of a program, so that its port is known before it
// starts. Port 0 picks a free one.
func (c Config) listen(program, flag, addr string) (*net.TCPListener, error) {
	l, err := net.Listen("tcp", addr)
	if errors.Is(err, syscall.EADDRINUSE) {
		kept := ""
		if c.Name != "" {
			kept = ", and " + c.Name + " keeps it"
		}
		return nil, fmt.Errorf("the %s cannot listen on %s: another program uses that port. Stop it, or choose another with %s HOST:PORT (port 0 picks a free one%s)",
			program, addr, flag, kept)
	}
	if err != nil {
		return nil, fmt.Errorf("the %s cannot listen on %s (%s): %w", program, addr, flag, err)
	}
	return l.(*net.TCPListener), nil
}

func port(l *net.TCPListener) int { return l.Addr().(*net.TCPAddr).Port }

// sockets are the open listeners of a sandbox; app is nil without the sample
// app.
type sockets struct {
	platform, dashboard, app *net.TCPListener
	name                     string // of the sandbox, or ""
}

// open opens all listeners. On an error the process is about to end, and they
// with it.
func (c Config) open() (s sockets, err error) {
	s.name = c.Name
	if s.platform, err = c.listen("platform", "--platform-addr", c.PlatformAddr); err != nil {
		return s, err
	}
	if s.dashboard, err = c.listen("dashboard", "--dashboard-addr", c.DashboardAddr); err != nil {
		return s, err
	}
	if !c.NoApp {
		s.app, err = c.listen("sample app", "--app-addr", c.AppAddr)
	}
	return s, err
}

func (s sockets) platformURL() string {
	return fmt.Sprintf("http://%s:%d", s.host("api"), port(s.platform))
}
func (s sockets) serverURL() string { return fmt.Sprintf("http://localhost:%d", port(s.platform)) }
func (s sockets) dashboardURL() string {
	return fmt.Sprintf("http://%s:%d", s.host("admin"), port(s.dashboard))
}
func (s sockets) appURL() string {
	if s.app == nil {
		return ""
	}
	host := "restock.localhost"
	if s.name != "" {
		host = "restock-" + s.name + ".localhost"
	}
	return fmt.Sprintf("http://%s:%d", host, port(s.app))
}

// host is where browsers find a part of the platform. Named sandboxes have
// hosts of their own, since cookies are a host's, whatever its port.
func (s sockets) host(part string) string {
	if s.name == "" {
		return part + ".selorax.localhost"
	}
	return part + "." + s.name + ".selorax.localhost"
}
