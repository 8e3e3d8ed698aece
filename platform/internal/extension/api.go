package extension

import (
	"bytes"
	"encoding/json"
	"net/http"
	"net/url"
	"path"
	"slices"
	"strings"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/db"
	"github.com/selorax/sandbox/platform/internal/install"
	"github.com/selorax/sandbox/platform/internal/problem"
	"github.com/selorax/sandbox/platform/internal/web"
)

// apiRoot is where the API begins that installations may call.
const apiRoot = "/api/apps/v1/"

// CallAPI makes an extension's call to the API as its app would, with a session
// token and so with the scopes of the installation, and returns the answer
// whatever its status.
func (s *Service) CallAPI(r *http.Request, caller web.Caller, in api.ExtensionAPIRequest) (out api.ExtensionAPIAnswer, err error) {
	if err := caller.CheckStore(in.StoreID); err != nil {
		return out, err
	}
	req, err := apiRequest(r, in)
	if err != nil {
		return out, err
	}
	appID, err := s.sandboxed(r, in)
	if err != nil {
		return out, err
	}
	token, err := s.Sessions.Token(r.Context(), appID, in.StoreID, caller.UserID)
	if err != nil {
		return out, err
	}
	req.Header.Set("Authorization", "Bearer "+token.SessionToken)
	answer := &answer{header: http.Header{}, status: http.StatusOK}
	s.API.ServeHTTP(answer, req)
	if answer.body.Len() > maxAnswer {
		return out, problem.New(http.StatusBadGateway, api.CodeAppBadAnswer, "The answer has more than %d bytes. Ask for fewer with limit.", maxAnswer)
	}
	out.Status, out.Body = answer.status, json.RawMessage("null")
	if text := answer.body.Bytes(); json.Valid(text) {
		out.Body = text
	}
	return out, nil
}

// sandboxed finds the app of an extension of mode sandbox that the store shows.
// Those of mode json have the dashboard ask their app.
func (s *Service) sandboxed(r *http.Request, in api.ExtensionAPIRequest) (appID int64, err error) {
	return appID, s.DB.Read(r.Context(), func(tx *db.Tx) error {
		i, err := install.ActiveByID(tx, in.InstallationID)
		if err != nil || i.StoreID != in.StoreID {
			return orElse(err, problem.NotFound("installation", in.InstallationID))
		}
		appID = i.AppID
		e, err := deployed(tx, appID, in.ExtensionID)
		if err == nil && e.Mode != api.ExtensionSandbox {
			err = problem.Invalid("extension_id", "must be of an extension of mode sandbox; %q is of mode %s and calls its app with call_backend", in.ExtensionID, e.Mode)
		}
		return err
	})
}

// apiRequest is a call to the API as it would have come over the network.
func apiRequest(r *http.Request, in api.ExtensionAPIRequest) (*http.Request, error) {
	method := strings.ToUpper(in.Method)
	if method == "" {
		method = http.MethodGet
	}
	if !slices.Contains(methods, method) {
		return nil, problem.Invalid("method", "must be one of %s", strings.Join(methods, ", "))
	}
	to, err := url.Parse(in.Path)
	if err != nil || len(in.Path) > maxURL || to.Host != "" || !strings.HasPrefix(to.Path, apiRoot) || path.Clean(to.Path) != to.Path {
		return nil, problem.Invalid("path", "must be a path of the API, such as %sorders?limit=5", apiRoot)
	}
	body := []byte(in.Body)
	if string(body) == "null" {
		body = nil
	}
	req, err := http.NewRequestWithContext(r.Context(), method, to.RequestURI(), bytes.NewReader(body))
	if err != nil {
		return nil, problem.Invalid("path", "must be a path of the API, such as %sorders?limit=5", apiRoot)
	}
	req.Host, req.RemoteAddr, req.RequestURI = r.Host, r.RemoteAddr, to.RequestURI()
	if len(body) > 0 {
		req.Header.Set("Content-Type", "application/json")
	}
	return req, nil
}

// answer keeps an answer, and no more of it than may be handed on.
type answer struct {
	header http.Header
	status int
	begun  bool
	body   bytes.Buffer
}

// Header returns the headers, which are not handed on.
func (a *answer) Header() http.Header { return a.header }

// WriteHeader keeps the first status.
func (a *answer) WriteHeader(status int) {
	if !a.begun {
		a.begun, a.status = true, status
	}
}

// Write keeps what there is room for; one byte more than allowed tells that it
// was too much.
func (a *answer) Write(text []byte) (int, error) {
	a.begun = true
	if room := maxAnswer + 1 - a.body.Len(); room > 0 {
		a.body.Write(text[:min(room, len(text))])
	}
	return len(text), nil
}
