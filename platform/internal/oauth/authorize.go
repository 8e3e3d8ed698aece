package oauth

import (
	"encoding/base64"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/clock"
	"github.com/selorax/sandbox/platform/internal/db"
	"github.com/selorax/sandbox/platform/internal/id"
	"github.com/selorax/sandbox/platform/internal/store"
)

// requestLife is how long a merchant has to decide.
const requestLife = 10 * time.Minute

// challengeLength is that of an S256 code challenge.
const challengeLength = 43

// authorize checks an authorization request, stores it and sends the browser
// to the dashboard's consent screen.
func (s *Service) authorize(w http.ResponseWriter, r *http.Request) error {
	query, malformed := url.ParseQuery(r.URL.RawQuery)
	var req request
	var unsafe *Refusal // must not be redirected
	var refusal error   // goes to the app
	err := s.DB.Write(r.Context(), func(tx *db.Tx) error {
		a, bad, err := s.client(tx, query)
		if unsafe = bad; err != nil || bad != nil {
			return err
		}
		if malformed != nil {
			refusal = refuse(invalidRequest, "The address is malformed: parameters must be percent-encoded and joined by &.")
			return nil
		}
		if req, refusal, err = s.check(tx, a, query); err != nil || refusal != nil {
			return err
		}
		if err := dropRequests(tx, clock.Machine().UnixMilli()); err != nil {
			return err
		}
		return insertRequest(tx, req)
	})
	switch {
	case err != nil:
		return err
	case unsafe != nil:
		return s.ErrorPage(w, r, http.StatusBadRequest, "This app cannot be installed", unsafe.Text,
			"Nothing was installed. Tell the app's developer, or check the app's client id and redirect URLs in the developer area.")
	case refusal != nil:
		http.Redirect(w, r, answer(query.Get("redirect_uri"), query.Get("state"), refusalParams(refusal)), http.StatusFound)
		return nil
	}
	http.Redirect(w, r, s.DashboardURL+"/oauth/consent?request="+url.QueryEscape(req.ID), http.StatusFound)
	return nil
}

// client finds the app and makes sure that the browser may be sent to its
// redirect_uri at all: character for character one of those it registered.
func (s *Service) client(tx *db.Tx, query url.Values) (a api.App, unsafe *Refusal, err error) {
	ids, redirects := query["client_id"], query["redirect_uri"]
	if len(ids) != 1 || len(redirects) != 1 {
		return a, refuse(invalidRequest, "The address must name client_id and redirect_uri, each once."), nil
	}
	a, err = s.Apps.ByClientID(tx, ids[0])
	switch {
	case db.IsNone(err):
		return a, refuse(invalidRequest, "No app has the client_id in this address."), nil
	case err != nil:
		return a, nil, err
	case !bool(a.IsActive):
		return a, refuse(invalidRequest, a.Name+" is not active."), nil
	case a.AppType == api.AppCustom:
		return a, refuse(invalidRequest, a.Name+" is a custom app: it is installed on its own store already and has its access token from there."), nil
	case !slices.Contains(a.RedirectURLs, redirects[0]):
		return a, refuse(invalidRequest, "The redirect_uri in this address is not one that "+a.Name+" registered."), nil
	}
	return a, nil, nil
}

// check reads the rest; what is wrong goes back to the app.
func (s *Service) check(tx *db.Tx, a api.App, query url.Values) (req request, refusal, err error) {
	p, refusal := single(query)
	if refusal != nil {
		return req, refusal, nil
	}
	if kind := p["response_type"]; kind != "" && kind != "code" {
		return req, refuse(unsupportedResponse, "response_type must be code."), nil
	}
	scopes, refusal := requestedScopes(a, p["scope"])
	if refusal != nil {
		return req, refusal, nil
	}
	challenge, refusal := codeChallenge(p)
	if refusal != nil {
		return req, refusal, nil
	}
	state, refusal := p.need("state")
	if refusal != nil {
		return req, refusal, nil
	}
	storeID, malformed := strconv.ParseInt(p["store_id"], 10, 64)
	if malformed != nil || storeID < 1 {
		return req, refuse(invalidRequest, "store_id must be a store id such as 22."), nil
	}
	if _, err := store.Get(tx, storeID); db.IsNone(err) {
		return req, refuse(invalidRequest, "There is no store "+p["store_id"]+"."), nil
	} else if err != nil {
		return req, nil, err
	}
	return request{
		ID: id.Hex(16), AppID: a.AppID, StoreID: storeID, RedirectURI: p["redirect_uri"], Scopes: scopes,
		State: state, CodeChallenge: challenge, ExpiresMS: clock.Machine().Add(requestLife).UnixMilli(),
	}, nil, nil
}

// requestedScopes refuses unknown scopes and those the app did not register,
// by name.
func requestedScopes(a api.App, text string) (api.ScopeSet, error) {
	scopes, unknown := api.ParseScopes(text)
	if len(unknown) > 0 {
		return nil, refuse(invalidScope, "Unknown scope: "+strings.Join(unknown, ", ")+".")
	}
	if len(scopes) == 0 {
		return nil, refuse(invalidScope, "The parameter scope is missing.")
	}
	if beyond := scopes.Beyond(a.RequestedScopes); len(beyond) > 0 {
		return nil, refuse(invalidScope, "The app did not register these scopes: "+beyond.String()+".")
	}
	return scopes, nil
}

func codeChallenge(p params) (*string, error) {
	challenge, method := p["code_challenge"], p["code_challenge_method"]
	switch {
	case challenge == "" && method == "":
		return nil, nil
	case method != "S256":
		return nil, refuse(invalidRequest, "code_challenge_method must be S256.")
	case len(challenge) != challengeLength, !isBase64URL(challenge):
		return nil, refuse(invalidRequest, "code_challenge must be the base64url SHA-256 of the verifier, 43 characters.")
	}
	return &challenge, nil
}

func isBase64URL(text string) bool {
	_, err := base64.RawURLEncoding.DecodeString(text)
	return err == nil
}

// answer is the app's redirect URI with parameters and the state added.
func answer(redirectURI, state string, add url.Values) string {
	u, err := url.Parse(redirectURI)
	if err != nil {
		return redirectURI
	}
	q := u.Query()
	for name := range add {
		q.Set(name, add.Get(name))
	}
	if state != "" {
		q.Set("state", state)
	}
	u.RawQuery = q.Encode()
	return u.String()
}

func refusalParams(err error) url.Values {
	refusal, ok := err.(*Refusal)
	if !ok {
		refusal = refuse(invalidRequest, err.Error())
	}
	return url.Values{"error": {refusal.Name}, "error_description": {refusal.Text}}
}
