package inspect

import (
	"net/http"
	"strings"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/web"
)

// repeated are the headers that decide about an answer.
var repeated = []string{"Authorization", api.HeaderClientID, api.HeaderClientSecret, api.HeaderStoreID, api.HeaderIdempotency, "Content-Type"}

// variables stand for what is masked.
var variables = map[string]string{"Authorization": "Bearer $ACCESS_TOKEN", api.HeaderClientSecret: "$CLIENT_SECRET"}

// curl returns the call as a command for a shell, or "" when it was too large
// to be kept, or is not the developer's to repeat.
func curl(x web.Exchange, e *entry) string {
	if x.Sent.Size > int64(x.Sent.Len()) || x.Sent.Len() > 0 && e.Request.Body == "" || x.Route != nil && (x.Route.Kind == web.KindUser || x.Route.Kind == web.KindControl) {
		return ""
	}
	var b strings.Builder
	b.WriteString("curl -i")
	if x.Request.Method != http.MethodGet {
		b.WriteString(" -X " + x.Request.Method)
	}
	b.WriteString(" " + quote("http://"+x.Request.Host+mask(x.Request.URL.RequestURI())))
	for _, name := range repeated {
		value := x.Request.Header.Get(name)
		switch variable := variables[name]; {
		case value == "":
		case strings.HasPrefix(value, "Basic "):
			b.WriteString(" \\\n  -u \"$CLIENT_ID:$CLIENT_SECRET\"")
		case variable != "":
			b.WriteString(" \\\n  -H \"" + name + ": " + variable + `"`)
		default:
			b.WriteString(" \\\n  -H " + quote(name+": "+value))
		}
	}
	if e.Request.Body != "" {
		b.WriteString(" \\\n  --data-raw " + quote(e.Request.Body))
	}
	return b.String()
}

// quote makes one word of a text for a POSIX shell.
func quote(s string) string { return "'" + strings.ReplaceAll(s, "'", `'\''`) + "'" }
