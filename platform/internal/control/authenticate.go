package control

import (
	"crypto/subtle"
	"net"
	"net/http"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/problem"
	"github.com/selorax/sandbox/platform/internal/web"
)

// Authenticate implements web.Authenticator for the control API: programs on
// this machine that hold the key. A browser never does, so whatever carries an
// Origin is refused before its key is looked at.
func (s *Service) Authenticate(r *http.Request) (web.Caller, error) {
	if !fromLoopback(r.RemoteAddr) {
		return web.Caller{}, problem.Forbidden("The control API answers only on the machine that the sandbox runs on.")
	}
	if r.Header.Get("Origin") != "" {
		return web.Caller{}, problem.Forbidden("The control API does not answer to browsers.")
	}
	switch key := r.Header.Get(api.HeaderControlKey); {
	case key == "":
		return web.Caller{}, problem.Unauthorized(api.CodeMissingToken, "Access denied. Send the control key in the X-Sandbox-Key header.")
	case subtle.ConstantTimeCompare([]byte(key), []byte(s.Key)) != 1:
		return web.Caller{}, problem.Unauthorized(api.CodeInvalidToken, "X-Sandbox-Key does not hold this sandbox's control key.")
	}
	return web.Caller{Name: "Sandbox"}, nil
}

func fromLoopback(addr string) bool {
	host, _, err := net.SplitHostPort(addr)
	ip := net.ParseIP(host)
	return err == nil && ip != nil && ip.IsLoopback()
}
