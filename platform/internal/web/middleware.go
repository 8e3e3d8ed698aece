package web

import (
	"cmp"
	"context"
	"fmt"
	"net/http"
	"runtime/debug"
	"strings"
	"time"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/httpserve"
	"github.com/selorax/sandbox/platform/internal/id"
	"github.com/selorax/sandbox/platform/internal/problem"
)

type requestIDKey struct{}

// RequestID returns the id that the request's answer carries.
func RequestID(ctx context.Context) string {
	s, _ := ctx.Value(requestIDKey{}).(string)
	return s
}

// Handler wraps the routes: request id, log line, recovery, body limit, CORS.
// It wraps from outside because mux runs no middleware for 404 and 405.
func (r *Router) Handler() http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, req *http.Request) {
		started := time.Now()
		requestID := id.Request()
		req = req.WithContext(context.WithValue(req.Context(), requestIDKey{}, requestID))
		rec := &httpserve.Recorder{ResponseWriter: w}
		req, seen := r.watched(rec, req, started)
		req.Body = bound(w, req.Body)
		rec.Header().Set(api.HeaderRequestID, requestID)
		rec.Header().Set("X-Content-Type-Options", "nosniff")
		defer func() {
			r.Log.InfoContext(req.Context(), "http.request", "method", req.Method, "path", req.URL.Path,
				"status", cmp.Or(rec.Status, http.StatusOK), "ms", time.Since(started).Milliseconds(), "request_id", requestID)
		}()
		defer seen()
		defer r.recovered(rec, req)
		if allowBrowserApps(rec, req) {
			r.mux.ServeHTTP(rec, req)
		}
	})
}

// recovered answers a panic with 500, or breaks the connection when an answer
// has begun.
func (r *Router) recovered(w *httpserve.Recorder, req *http.Request) {
	switch cause := recover(); cause {
	case nil:
	case http.ErrAbortHandler:
		panic(cause) // net/http breaks the connection
	default:
		r.refuse(w, req, fmt.Errorf("panic: %v\n%s", cause, debug.Stack()))
	}
}

// allowBrowserApps lets an app's page call the app-facing API from any
// origin: those routes authenticate by header alone, never by cookie. It
// answers preflight requests itself and then returns false.
func allowBrowserApps(w http.ResponseWriter, r *http.Request) bool {
	if !strings.HasPrefix(r.URL.EscapedPath(), "/api/apps/v1/") {
		return true
	}
	h := w.Header()
	h.Set("Access-Control-Allow-Origin", "*")
	h.Set("Access-Control-Expose-Headers", strings.Join([]string{api.HeaderRequestID, api.HeaderWarning,
		api.HeaderReplayed, api.HeaderRateLimit, api.HeaderRateRemaining, api.HeaderRateReset, api.HeaderFault, "Retry-After"}, ", "))
	if r.Method != http.MethodOptions {
		return true
	}
	h.Set("Access-Control-Allow-Methods", "GET, POST, PUT, DELETE")
	h.Set("Access-Control-Allow-Headers", "Authorization, Content-Type, "+api.HeaderIdempotency)
	h.Set("Access-Control-Max-Age", "600")
	w.WriteHeader(http.StatusNoContent)
	return false
}

func (r *Router) methodNotAllowed(w http.ResponseWriter, req *http.Request) error {
	allowed := strings.Join(r.allowed(req), ", ")
	w.Header().Set("Allow", allowed)
	return problem.New(http.StatusMethodNotAllowed, api.CodeMethodNotAllowed, "%s does not answer to %s; it allows %s.", req.URL.Path, req.Method, allowed)
}
