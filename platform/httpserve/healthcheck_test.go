package httpserve

import (
	"net/http"
	"testing"
)

func TestHealthcheck(t *testing.T) {
	t.Parallel()
	for path, want := range map[string]bool{"/readyz": true, "/other": false} {
		l := listen(t, "0.0.0.0:0")
		stop := serving(t, l, func(w http.ResponseWriter, r *http.Request) {
			if r.URL.Path != path {
				w.WriteHeader(http.StatusServiceUnavailable)
			}
		})
		if err := Healthcheck(t.Context(), l.Addr().String()); (err == nil) != want {
			t.Errorf("a server that is well on %s alone: %v", path, err)
		}
		if err := stop(); err != nil {
			t.Error(err)
		}
		if Healthcheck(t.Context(), l.Addr().String()) == nil {
			t.Error("a server that has ended is well")
		}
	}
}
