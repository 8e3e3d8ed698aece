package oauth

import (
	"bytes"
	"encoding/json"
	"io"
	"mime"
	"net/http"
	"net/url"
	"unicode/utf8"

	"github.com/selorax/sandbox/platform/internal/web"
)

// params are the parameters of a token or revocation request. Unknown ones are
// ignored, repeated ones refused (RFC 6749 section 3.2).
type params map[string]string

func readParams(r *http.Request) (params, error) {
	body, err := web.ReadBody(r)
	if err != nil {
		return nil, err
	}
	if !utf8.Valid(body) {
		return nil, refuse(invalidRequest, "The body is not valid UTF-8.")
	}
	kind, _, _ := mime.ParseMediaType(r.Header.Get("Content-Type"))
	switch kind {
	case "application/json":
		return jsonParams(body)
	case "application/x-www-form-urlencoded":
		return formParams(string(body))
	}
	return nil, refuse(invalidRequest, "Send the body as application/json or application/x-www-form-urlencoded.")
}

func formParams(body string) (params, error) {
	values, err := url.ParseQuery(body)
	if err != nil {
		return nil, refuse(invalidRequest, "The form body is malformed.")
	}
	return single(values)
}

// single refuses repeated parameters.
func single(values url.Values) (params, error) {
	p := params{}
	for name, v := range values {
		if len(v) > 1 {
			return nil, refuse(invalidRequest, "The parameter "+name+" is given more than once.")
		}
		p[name] = v[0]
	}
	return p, nil
}

// jsonParams reads an object whose values of interest are strings. It walks
// the tokens because a map would hide repeated names.
func jsonParams(body []byte) (params, error) {
	malformed := refuse(invalidRequest, "The body must be one JSON object.")
	dec := json.NewDecoder(bytes.NewReader(body))
	if open, err := dec.Token(); err != nil || open != json.Delim('{') {
		return nil, malformed
	}
	p, seen := params{}, map[string]bool{}
	for dec.More() {
		key, err := dec.Token()
		name, isName := key.(string)
		var value any
		if err != nil || !isName || dec.Decode(&value) != nil {
			return nil, malformed
		}
		if seen[name] {
			return nil, refuse(invalidRequest, "The parameter "+name+" is given more than once.")
		}
		seen[name] = true
		if text, isText := value.(string); isText {
			p[name] = text
		}
	}
	if _, err := dec.Token(); err != nil {
		return nil, malformed
	}
	if _, err := dec.Token(); err != io.EOF { // More would not see a second "}"
		return nil, malformed
	}
	return p, nil
}

// need returns a parameter or refuses its absence by name.
func (p params) need(name string) (string, error) {
	if p[name] == "" {
		return "", refuse(invalidRequest, "The parameter "+name+" is missing.")
	}
	return p[name], nil
}
