package inspect

import (
	"encoding/base64"
	"encoding/json"
	"net/http"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/web"
)

// Paths whose calls are watched.
const (
	appPaths       = "/api/apps/"
	oauthPaths     = "/api/apps/oauth/"
	sessionPaths   = "/api/apps/session/"
	extensionPaths = "/api/apps/extensions/"
	sandboxPaths   = "/_sandbox/"
	developerPaths = "/api/sandbox/"
	ownPaths       = "/api/sandbox/inspector"
)

// Watches implements web.Watcher: calls of apps, and what changes the sandbox.
func (l *Log) Watches(r *http.Request) bool {
	path := r.URL.Path
	switch {
	case strings.HasPrefix(path, ownPaths):
		return false
	case strings.HasPrefix(path, sandboxPaths), strings.HasPrefix(path, developerPaths):
		return r.Method != http.MethodGet && r.Method != http.MethodHead
	}
	return strings.HasPrefix(path, appPaths) && r.Method != http.MethodOptions
}

// Saw implements web.Watcher.
func (l *Log) Saw(x web.Exchange) {
	kind := kindOf(x)
	if kind == "" {
		return
	}
	e := &entry{}
	e.Kind, e.At, e.Title = kind, api.Time{Time: x.Started}, x.Request.Method+" "+mask(x.Request.URL.RequestURI())
	e.RequestID, e.Milliseconds = &x.RequestID, ptr(x.Took.Milliseconds())
	e.Request, e.Response = sent(x), answered(x)
	if x.Status != 0 {
		e.Status = &x.Status
	}
	if fault, err := strconv.ParseInt(x.Header.Get(api.HeaderFault), 10, 64); err == nil {
		e.FaultID = &fault
	}
	e.Verdict, e.Note = judge(x)
	e.Curl = curl(x, e)
	e.recognise(x)
	l.add(e)
}

// kindOf sorts a call, "" for those that only the dashboard makes.
func kindOf(x web.Exchange) string {
	path, read := x.Request.URL.Path, x.Request.Method == http.MethodGet || x.Request.Method == http.MethodHead
	byUser := x.Route != nil && x.Route.Kind == web.KindUser
	switch {
	case strings.HasPrefix(path, sandboxPaths), strings.HasPrefix(path, developerPaths):
		return api.InspectedSandbox
	case strings.HasPrefix(path, oauthPaths), strings.HasPrefix(path, sessionPaths) && !read:
		return api.InspectedOAuth
	case strings.HasPrefix(path, extensionPaths) && !(byUser && read):
		return api.InspectedExtension
	case byUser, x.Route != nil && x.Route.Kind == web.KindPublic:
		return ""
	}
	return api.InspectedAPI
}

// Message is a request or an answer without secrets. Size is that of the whole
// body, of which the beginning is enough.
func Message(h http.Header, body []byte, size int64) *api.InspectorMessage {
	return &api.InspectorMessage{Headers: headers(h), Body: text(body), Size: size}
}

func sent(x web.Exchange) *api.InspectorMessage {
	return Message(x.Request.Header, x.Sent.Bytes(), x.Sent.Size)
}

func answered(x web.Exchange) *api.InspectorMessage {
	if x.Status == 0 {
		return nil
	}
	return Message(x.Header, x.Answered.Bytes(), x.Answered.Size)
}

// text is the beginning of a body without secrets. What is no text, a picture
// for one, is left out.
func text(body []byte) string {
	s := string(body[:min(len(body), web.MaxTaped)])
	for cut := 0; cut < utf8.UTFMax && !utf8.ValidString(s) && s != ""; cut++ {
		s = s[:len(s)-1] // a character that the end of the tape goes through
	}
	if !utf8.ValidString(s) || strings.ContainsRune(s, 0) {
		return ""
	}
	return mask(s)
}

// wire is what names apps and stores in the bodies of calls.
type wire struct {
	AppID     int64  `json:"app_id"`
	StoreID   int64  `json:"store_id"`
	GrantType string `json:"grant_type"`
	Data      struct {
		AppID   int64 `json:"app_id"`
		StoreID int64 `json:"store_id"`
	} `json:"data"`
}

var clientID = regexp.MustCompile(api.PrefixClientID + `[0-9a-f]{32}`)

// recognise finds out which app and store a call is about: from the caller, or
// else from what the call itself names.
func (e *entry) recognise(x web.Exchange) {
	if e.AppID, e.StoreID = firstID(x.Caller.AppID), firstID(x.Caller.StoreID); e.AppID != nil && e.StoreID != nil {
		return // most calls: their bodies need not be read
	}
	var asked, answer wire
	if x.Caller.UserID != 0 || x.Route != nil && x.Route.Kind == web.KindControl {
		_ = json.Unmarshal(x.Sent.Bytes(), &asked) // anybody else could name what is not theirs
	}
	_ = json.Unmarshal(x.Answered.Bytes(), &answer)
	query := x.Request.URL.Query()
	inQuery, _ := strconv.ParseInt(query.Get("store_id"), 10, 64)
	e.AppID = firstID(x.Caller.AppID, asked.AppID, answer.AppID, answer.Data.AppID)
	e.StoreID = firstID(x.Caller.StoreID, inQuery, asked.StoreID, answer.StoreID, answer.Data.StoreID)
	if e.AppID != nil {
		return
	}
	_, basic, _ := strings.Cut(x.Request.Header.Get("Authorization"), "Basic ")
	user, _ := base64.StdEncoding.DecodeString(basic)
	e.clientID = clientID.FindString(strings.Join([]string{
		x.Request.Header.Get(api.HeaderClientID), x.Request.URL.RawQuery, x.Sent.String(), string(user), x.Answered.String(),
	}, "\n"))
}

func firstID(ids ...int64) *int64 {
	for _, id := range ids {
		if id > 0 {
			return &id
		}
	}
	return nil
}

func ptr[T any](v T) *T { return &v }
