package extension

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/dial"
	"github.com/selorax/sandbox/platform/internal/clock"
	"github.com/selorax/sandbox/platform/internal/db"
	"github.com/selorax/sandbox/platform/internal/install"
	"github.com/selorax/sandbox/platform/internal/problem"
	"github.com/selorax/sandbox/platform/internal/web"
)

// Bounds of an app's answer.
const (
	maxAnswer = 256 << 10
	maxQuoted = 200 // characters of an app's own message
)

// errElsewhere says that an address leaves the app's origin.
var errElsewhere = errors.New("the address is not on the app's origin")

// resolve returns the address of a call on the app's own origin.
func resolve(app *url.URL, address string) (*url.URL, error) {
	ref, err := url.Parse(address)
	if err != nil || len(address) > maxURL || strings.ContainsAny(address, "\\ \t\r\n") {
		return nil, errElsewhere
	}
	to := app.ResolveReference(ref)
	if to.Scheme != app.Scheme || to.Host != app.Host || to.User != nil || to.Opaque != "" {
		return nil, errElsewhere
	}
	to.Fragment = ""
	return to, nil
}

// Call makes an extension's call to its app and returns the object that it
// answers: directives for the dashboard.
func (s *Service) Call(ctx context.Context, caller web.Caller, in api.ExtensionActionRequest) (json.RawMessage, error) {
	c, err := s.prepare(ctx, caller, in)
	if err != nil {
		return nil, err
	}
	token, err := s.Sessions.Token(ctx, c.app.AppID, in.StoreID, caller.UserID)
	if err != nil {
		return nil, err
	}
	started := clock.Machine()
	status, answer, err := s.exchange(ctx, c, in, token.SessionToken)
	s.Log.LogAttrs(ctx, slog.LevelInfo, "extension.call", slog.Int64("app_id", c.app.AppID), slog.Int64("store_id", in.StoreID),
		slog.String("extension_id", in.ExtensionID), slog.String("method", c.method), slog.String("path", c.to.Path),
		slog.Int("status", status), slog.Int64("ms", clock.Machine().Sub(started).Milliseconds()))
	return answer, err
}

// call is a call that may be made.
type call struct {
	app    api.App
	to     *url.URL
	method string
}

// prepare finds the app and the address of a call, if the store shows the
// extension.
func (s *Service) prepare(ctx context.Context, caller web.Caller, in api.ExtensionActionRequest) (c call, err error) {
	if err := caller.CheckStore(in.StoreID); err != nil {
		return c, err
	}
	if c.method = strings.ToUpper(in.Method); c.method == "" {
		c.method = http.MethodPost
	}
	if !slices.Contains(methods, c.method) {
		return c, problem.Invalid("method", "must be one of %s", strings.Join(methods, ", "))
	}
	if len(in.Body) > 0 && string(in.Body) != "null" && !isObject(in.Body) {
		return c, problem.Invalid("body", "must be an object")
	}
	err = s.DB.Read(ctx, func(tx *db.Tx) error {
		i, err := install.ActiveByID(tx, in.InstallationID)
		if err != nil || i.StoreID != in.StoreID {
			return orElse(err, problem.NotFound("installation", in.InstallationID))
		}
		if c.app, err = s.Apps.Get(tx, i.AppID); err != nil {
			return err
		}
		e, err := deployed(tx, i.AppID, in.ExtensionID)
		if err != nil {
			return err
		}
		if in.URL == "" {
			in.URL = e.ActionURL
		}
		return nil
	})
	if err != nil {
		return c, err
	}
	app, err := url.Parse(c.app.AppURL)
	if err != nil {
		return c, err
	}
	if c.to, err = resolve(app, in.URL); err != nil || in.URL == "" {
		return c, problem.Invalid("url", "must be a path of the app such as /extensions/refresh, or a URL on its origin %s://%s", app.Scheme, app.Host)
	}
	return c, nil
}

func orElse(err, fallback error) error {
	if err != nil {
		return err
	}
	return fallback
}

// deployed returns an extension of an app's active set.
func deployed(tx *db.Tx, appID int64, extensionID string) (api.Extension, error) {
	v, err := active(tx, appID)
	if err != nil && !db.IsNone(err) {
		return api.Extension{}, err
	}
	for _, e := range v.Extensions {
		if e.ExtensionID == extensionID {
			return e, nil
		}
	}
	return api.Extension{}, problem.New(http.StatusNotFound, api.CodeNotFound, "This app has no extension %q in its active version.", extensionID)
}

// exchange makes the request and reads the answer. The status is 0 when there
// was none.
func (s *Service) exchange(ctx context.Context, c call, in api.ExtensionActionRequest, token string) (int, json.RawMessage, error) {
	var body io.Reader
	if c.method != http.MethodGet && c.method != http.MethodDelete {
		text := []byte(in.Body)
		if len(text) == 0 || string(text) == "null" {
			text = []byte("{}")
		}
		body = bytes.NewReader(text)
	}
	req, err := http.NewRequestWithContext(ctx, c.method, c.to.String(), body)
	if err != nil {
		return 0, nil, err
	}
	req.Header.Set("Authorization", "Bearer "+token)
	req.Header.Set("Accept", "application/json")
	req.Header[api.HeaderExtensionStore] = []string{strconv.FormatInt(in.StoreID, 10)}
	if body != nil {
		req.Header.Set("Content-Type", "application/json")
	}
	resp, err := s.Client.Do(req)
	if err != nil {
		return 0, nil, unreachable(c, err)
	}
	defer resp.Body.Close()
	answer, err := io.ReadAll(io.LimitReader(resp.Body, maxAnswer+1))
	if err != nil {
		return resp.StatusCode, nil, unreachable(c, err)
	}
	return resp.StatusCode, answer, judge(c, resp.StatusCode, answer)
}

// unreachable says why there was no answer, without what the query may hold.
func unreachable(c call, err error) error {
	where := c.to.Scheme + "://" + c.to.Host + c.to.Path
	var timeout net.Error
	p := problem.New(http.StatusBadGateway, api.CodeAppUnreachable, "%s cannot be reached. Is the app running?", where)
	switch {
	case errors.As(err, &timeout) && timeout.Timeout():
		p = problem.New(http.StatusGatewayTimeout, api.CodeAppTimeout, "%s gave no complete answer in time.", where)
	case errors.Is(err, dial.ErrNotPublic):
		p = problem.New(http.StatusBadGateway, api.CodeAppUnreachable,
			"%s has a private address. Name its host in --allow-webhook-hosts to reach it.", where)
	}
	return p
}

// judge refuses an answer that is not a JSON object of a good status.
func judge(c call, status int, answer []byte) error {
	switch {
	case status/100 == 3:
		return problem.New(http.StatusBadGateway, api.CodeAppError, "%s answered with a redirect (%d), which is not followed.", c.to.Path, status)
	case status/100 != 2:
		return problem.New(http.StatusBadGateway, api.CodeAppError, "%s answered %d%s.", c.to.Path, status, quoted(answer))
	case len(answer) > maxAnswer:
		return problem.New(http.StatusBadGateway, api.CodeAppBadAnswer, "%s answered with more than %d bytes.", c.to.Path, maxAnswer)
	case !isObject(answer) || !json.Valid(answer) || !utf8.Valid(answer):
		return problem.New(http.StatusBadGateway, api.CodeAppBadAnswer,
			`%s must answer with a JSON object such as {"update_state":{}}.`, c.to.Path)
	}
	return nil
}

// quoted is an app's own message, if it sent a short one.
func quoted(answer []byte) string {
	var said struct {
		Message string `json:"message"`
	}
	if json.Unmarshal(answer, &said) != nil || said.Message == "" || utf8.RuneCountInString(said.Message) > maxQuoted {
		return ""
	}
	return ": " + strings.TrimRight(said.Message, ".")
}
