package idempotency

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"net/http"
	"time"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/clock"
	"github.com/selorax/sandbox/platform/internal/db"
	"github.com/selorax/sandbox/platform/internal/problem"
	"github.com/selorax/sandbox/platform/internal/web"
)

const (
	window = 24 * time.Hour
	maxKey = 255
)

// Secretive is the data of an answer with a secret in it. A repetition gets
// Masked instead, which is all that is kept.
type Secretive interface{ Masked() any }

// Writes makes the writes of authenticated requests, each in one transaction.
type Writes struct{ DB *db.DB }

// Created answers 201 with what do returns. in is what was asked for, as it
// was decoded: a repetition under the same Idempotency-Key must ask for the
// same.
func (ws Writes) Created(w http.ResponseWriter, r *http.Request, in any, message string, do func(*db.Tx) (any, error)) error {
	return ws.with(w, r, in, http.StatusCreated, message, do)
}

// Accepted answers 202 with what do returns, and is otherwise like Created.
func (ws Writes) Accepted(w http.ResponseWriter, r *http.Request, in any, message string, do func(*db.Tx) (any, error)) error {
	return ws.with(w, r, in, http.StatusAccepted, message, do)
}

// OK answers 200 with what do returns, and is otherwise like Created.
func (ws Writes) OK(w http.ResponseWriter, r *http.Request, in any, message string, do func(*db.Tx) (any, error)) error {
	return ws.with(w, r, in, http.StatusOK, message, do)
}

func (ws Writes) with(w http.ResponseWriter, r *http.Request, in any, status int, message string, do func(*db.Tx) (any, error)) error {
	return ws.Answer(w, r, in, func(tx *db.Tx) (api.Envelope[any], error) {
		data, err := do(tx)
		return api.Envelope[any]{Message: message, Data: data, Status: status}, err
	})
}

// Answer answers with the envelope that do returns, under the status that it
// names, and is otherwise like Created.
func (ws Writes) Answer(w http.ResponseWriter, r *http.Request, in any, do func(*db.Tx) (api.Envelope[any], error)) error {
	key, err := keyOf(r)
	if err != nil {
		return err
	}
	print, err := fingerprint(r, in)
	if err != nil {
		return err
	}
	var a answer
	err = ws.DB.Write(r.Context(), func(tx *db.Tx) (err error) {
		made := func() (answer, error) {
			body, err := do(tx)
			return answer{status: body.Status, body: body, kept: withoutSecret(body)}, err
		}
		if key == "" {
			a, err = made()
		} else {
			a, err = once(tx, ownerOf(web.CallerOf(r)), key, print, made)
		}
		return err
	})
	if err != nil {
		return err
	}
	if a.replayed {
		w.Header().Set(api.HeaderReplayed, "true")
	}
	return web.JSON(w, a.status, a.body)
}

// answer is what a write answers with, and what is kept of it. The body of one
// that is replayed is raw JSON.
type answer struct {
	status   int
	body     any
	kept     api.Envelope[any]
	replayed bool
}

func withoutSecret(body api.Envelope[any]) api.Envelope[any] {
	if s, ok := body.Data.(Secretive); ok {
		body.Data = s.Masked()
	}
	return body
}

// once makes a write under a key that is free, or returns the answer kept
// under it.
func once(tx *db.Tx, owner, key, fingerprint string, do func() (answer, error)) (answer, error) {
	now := clock.Machine()
	free, err := take(tx, owner, key, fingerprint, now.UnixMilli(), now.Add(-window).UnixMilli())
	if err != nil {
		return answer{}, err
	}
	if !free {
		return kept(tx, owner, key, fingerprint)
	}
	a, err := do()
	if err != nil {
		return a, err
	}
	text, err := encode(a.kept)
	if err != nil {
		return a, err
	}
	return a, keep(tx, owner, key, a.status, text)
}

func kept(tx *db.Tx, owner, key, fingerprint string) (answer, error) {
	k, err := find(tx, owner, key)
	if err != nil {
		return answer{}, err
	}
	if k.fingerprint != fingerprint {
		return answer{}, problem.Conflict("The %s %q was used for another request. Use a new key for each write, and the same one only to repeat it.",
			api.HeaderIdempotency, key)
	}
	return answer{status: k.status, body: json.RawMessage(k.body), replayed: true}, nil
}

// encode writes JSON as answers have it.
func encode(body any) ([]byte, error) {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	err := enc.Encode(body)
	return b.Bytes(), err
}

// keyOf returns the request's key, or "" when it carries none.
func keyOf(r *http.Request) (string, error) {
	values := r.Header.Values(api.HeaderIdempotency)
	if len(values) == 0 {
		return "", nil
	}
	key := values[0]
	if len(values) > 1 || key == "" || len(key) > maxKey || !printable(key) {
		return "", problem.Invalid(api.HeaderIdempotency, "must be given once, with 1 to %d printable ASCII characters", maxKey)
	}
	return key, nil
}

func printable(s string) bool {
	for _, c := range []byte(s) {
		if c < ' ' || c > '~' {
			return false
		}
	}
	return true
}

// fingerprint tells requests apart: method, path and what is asked for.
func fingerprint(r *http.Request, in any) (string, error) {
	text, err := json.Marshal(in)
	if err != nil {
		return "", err
	}
	sum := sha256.Sum256(fmt.Appendf(nil, "%s %s\n%s", r.Method, r.URL.EscapedPath(), text))
	return hex.EncodeToString(sum[:]), nil
}

// ownerOf is whom a key belongs to.
func ownerOf(c web.Caller) string {
	if c.IsApp() {
		return fmt.Sprintf("app %d store %d", c.AppID, c.StoreID)
	}
	return fmt.Sprintf("user %d store %d", c.UserID, c.StoreID)
}
