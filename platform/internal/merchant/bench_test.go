package merchant

import (
	"bytes"
	"encoding/json"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"golang.org/x/crypto/bcrypt"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/db"
	"github.com/selorax/sandbox/platform/internal/secret"
	"github.com/selorax/sandbox/platform/internal/store/storetest"
	"github.com/selorax/sandbox/platform/internal/web"
)

const (
	email    = "merchant@floristbd.example"
	password = "correct horse"
)

// bench is the package's routes with one merchant of stores 23 and 22.
type bench struct {
	*Service
	t testing.TB
	h http.Handler
}

func newBench(t testing.TB) *bench {
	t.Helper()
	s := &Service{DB: storetest.New(t), Key: bytes.Repeat([]byte{7}, 32)}
	hash, err := secret.HashPassword(password, bcrypt.MinCost)
	if err != nil {
		t.Fatal(err)
	}
	storetest.Write(t, s.DB, func(tx *db.Tx) error {
		_, err := Insert(tx, New{Name: "Farhana Rahman", Email: "Merchant@FloristBD.example", PasswordHash: hash,
			Roles: []string{api.RoleMerchant, api.RoleDeveloper}, StoreIDs: []int64{storetest.Gadgets, storetest.Florist}})
		return err
	})
	r := web.NewRouter(slog.New(slog.NewTextHandler(t.Output(), nil)))
	r.User = s.Authenticate
	s.Routes(r)
	r.ForUser(http.MethodGet, "/api/stores/{store_id}/who", func(w http.ResponseWriter, r *http.Request) error {
		return web.OK(w, "", web.CallerOf(r))
	})
	return &bench{s, t, r.Handler()}
}

// do makes a request: "POST /path", optionally with "Name: value" headers.
func (b *bench) do(line string, body any, headers ...string) *httptest.ResponseRecorder {
	b.t.Helper()
	method, target, _ := strings.Cut(line, " ")
	text, err := json.Marshal(body)
	if err != nil {
		b.t.Fatal(err)
	}
	r := httptest.NewRequest(method, target, bytes.NewReader(text))
	r.Header.Set("Content-Type", "application/json")
	for _, h := range headers {
		name, value, _ := strings.Cut(h, ": ")
		if name == "Address" {
			r.RemoteAddr = value
		}
		r.Header.Set(name, value)
	}
	w := httptest.NewRecorder()
	b.h.ServeHTTP(w, r)
	return w
}

func (b *bench) try(email, password string, headers ...string) *httptest.ResponseRecorder {
	b.t.Helper()
	return b.do("POST /api/auth/login", api.LoginRequest{Email: email, Password: password}, headers...)
}

// login signs the merchant in.
func (b *bench) login() api.Login {
	b.t.Helper()
	return data[api.Login](b.t, b.try(email, password))
}

func data[T any](t testing.TB, w *httptest.ResponseRecorder) T {
	t.Helper()
	var e api.Envelope[T]
	if err := json.Unmarshal(w.Body.Bytes(), &e); err != nil || w.Code != http.StatusOK {
		t.Fatalf("%d %s", w.Code, w.Body)
	}
	return e.Data
}

// refused checks status and code of a refusal.
func refused(t testing.TB, w *httptest.ResponseRecorder, status int, code string) api.Error {
	t.Helper()
	var e api.Error
	if err := json.Unmarshal(w.Body.Bytes(), &e); err != nil || w.Code != status || e.Code != code {
		t.Errorf("%d %s, want %d %s", w.Code, w.Body, status, code)
	}
	return e
}
