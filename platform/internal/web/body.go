package web

import (
	"io"
	"net/http"
)

// maxBody bounds every request body, unless a handler calls AllowBody.
const maxBody = 1 << 20

// boundBody is a request's body under the bound of all routes.
type boundBody struct {
	io.ReadCloser
	whole io.ReadCloser
}

func bound(w http.ResponseWriter, body io.ReadCloser) io.ReadCloser {
	return &boundBody{ReadCloser: http.MaxBytesReader(w, body, maxBody), whole: body}
}

// AllowBody gives a request, of which nothing was read yet, a bound of its own
// in bytes: for routes that take files.
func AllowBody(w http.ResponseWriter, r *http.Request, limit int64) {
	if b, ok := r.Body.(*boundBody); ok {
		r.Body = http.MaxBytesReader(w, b.whole, limit)
	}
}
