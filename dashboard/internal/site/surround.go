package site

import (
	"cmp"
	"net/http"
	"net/url"
	"runtime/debug"
	"strings"
	"time"

	"github.com/selorax/sandbox/platform/httpserve"
)

// maxBody bounds every request body; forms are far smaller, calls that are
// passed on are bounded by the platform to the same.
const maxBody = 1 << 20

// surround is what every request passes through: log line, recovery, headers,
// the one host, and the refusal of other sites' forms.
func (s *site) surround(routes http.Handler) http.Handler {
	protection := http.NewCrossOriginProtection()
	protection.SetDenyHandler(s.open(crossOrigin))
	inner := s.oneHost(protection.Handler(routes))
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		started := time.Now()
		rec := &httpserve.Recorder{ResponseWriter: w}
		h := rec.Header()
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Referrer-Policy", "same-origin")
		// Whatever is no page runs nothing and is framed by nobody; pages say more.
		h.Set("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'")
		h.Set("Cross-Origin-Opener-Policy", "same-origin")
		r.Body = http.MaxBytesReader(rec, r.Body, maxBody)
		defer func() {
			s.Log.InfoContext(r.Context(), "http.request", "method", r.Method, "path", r.URL.Path,
				"status", cmp.Or(rec.Status, http.StatusOK), "ms", time.Since(started).Milliseconds())
		}()
		defer s.recovered(rec, r)
		inner.ServeHTTP(rec, r)
	})
}

func (s *site) recovered(w *httpserve.Recorder, r *http.Request) {
	switch cause := recover(); cause {
	case nil:
	case http.ErrAbortHandler:
		panic(cause) // net/http breaks the connection
	default:
		s.Log.ErrorContext(r.Context(), "http.panic", "path", r.URL.Path, "cause", cause, "stack", string(debug.Stack()))
		if w.Status == 0 {
			http.Error(w, "Something went wrong on this server.", http.StatusInternalServerError)
		}
	}
}

// oneHost keeps the dashboard on the host of its public URL: cookies, the
// frame's checks and the policies belong to that origin, and a name that
// somebody else points here gets nothing. Probes of health and forwarded calls
// are not sent on, the first because they go by address, the others because
// no page of ours makes them elsewhere.
func (s *site) oneHost(next http.Handler) http.Handler {
	public, _ := url.Parse(s.PublicURL) // forward.New and the command have checked it
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch {
		case strings.EqualFold(r.Host, public.Host) || r.URL.Path == "/healthz" || r.URL.Path == "/readyz":
			next.ServeHTTP(w, r)
		case (r.Method == http.MethodGet || r.Method == http.MethodHead) && !strings.HasPrefix(r.URL.Path, "/api/") && r.URL.Path != "/live" && !strings.HasPrefix(r.URL.Path, "/live/"):
			http.Redirect(w, r, s.PublicURL+r.URL.RequestURI(), http.StatusTemporaryRedirect)
		default:
			http.Error(w, "The dashboard is at "+s.PublicURL, http.StatusMisdirectedRequest)
		}
	})
}
