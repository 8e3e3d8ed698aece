package control

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net/http"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/db"
	"github.com/selorax/sandbox/platform/internal/id"
	"github.com/selorax/sandbox/platform/internal/problem"
	"github.com/selorax/sandbox/platform/internal/token"
)

// actor makes calls of the platform's API as somebody: with credentials of
// their own, through every check that their own calls go through.
type actor struct {
	api    http.Handler
	header http.Header
	end    func(context.Context) error // revokes the credentials
}

// merchantOf acts as the owner of a store in the dashboard.
func (s *Service) merchantOf(ctx context.Context, storeID int64) (actor, error) {
	session, err := s.Accounts.ActFor(ctx, storeID)
	if db.IsNone(err) {
		return actor{}, noStore(storeID)
	}
	a := actor{api: s.API(), header: http.Header{api.HeaderAuthToken: {session.Token}}}
	a.end = func(ctx context.Context) error {
		_, err := call[struct{}](ctx, a, http.MethodPost, "/api/auth/logout", nil)
		return err
	}
	return a, err
}

func noStore(storeID int64) error {
	return problem.New(http.StatusNotFound, api.CodeNotFound, "There is no store %d; the demo stores are 22, 23 and 24.", storeID)
}

// appOn acts as the app of an installation, with an access token that ends
// with it.
func (s *Service) appOn(ctx context.Context, installationID int64) (a actor, err error) {
	family, access := id.UUID(), ""
	err = s.DB.Write(ctx, func(tx *db.Tx) error {
		access, err = token.IssueAccess(tx, installationID, family)
		return err
	})
	return actor{
		api: s.API(), header: http.Header{"Authorization": {"Bearer " + access}},
		end: func(ctx context.Context) error {
			return s.DB.Write(ctx, func(tx *db.Tx) error { return token.RevokeFamily(tx, family) })
		},
	}, err
}

// call makes one call and reads the data of its answer. A refusal is an error
// of the same status, code and words.
func call[T any](ctx context.Context, a actor, method, path string, body any) (data T, err error) {
	text, err := json.Marshal(body)
	if err != nil {
		return data, err
	}
	req, err := http.NewRequestWithContext(ctx, method, path, bytes.NewReader(text))
	if err != nil {
		return data, err
	}
	req.RemoteAddr, req.Header = "127.0.0.1:0", a.header.Clone()
	req.Header.Set("Content-Type", "application/json")
	var answer page
	a.api.ServeHTTP(&answer, req)
	if answer.status >= http.StatusBadRequest {
		var refusal api.Error
		if err := json.Unmarshal(answer.body.Bytes(), &refusal); err != nil {
			return data, fmt.Errorf("%s %s answered %d: %s", method, path, answer.status, answer.body.Bytes())
		}
		p := problem.New(refusal.Status, refusal.Code, "%s", refusal.Message)
		p.Fields = refusal.Errors
		return data, p
	}
	var envelope api.Envelope[T]
	err = json.Unmarshal(answer.body.Bytes(), &envelope)
	return envelope.Data, err
}

// page is an answer in memory.
type page struct {
	header http.Header
	status int
	body   bytes.Buffer
}

// Header returns the headers.
func (p *page) Header() http.Header {
	if p.header == nil {
		p.header = http.Header{}
	}
	return p.header
}

// WriteHeader keeps the status.
func (p *page) WriteHeader(status int) { p.status = status }

// Write keeps a part of the body.
func (p *page) Write(b []byte) (int, error) { return p.body.Write(b) }
