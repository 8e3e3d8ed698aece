package merchant

import (
	"fmt"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/clock"
	"github.com/selorax/sandbox/platform/internal/db/dbtest"
	"github.com/selorax/sandbox/platform/internal/jwt"
	"github.com/selorax/sandbox/platform/internal/secret"
	"github.com/selorax/sandbox/platform/internal/store/storetest"
)

func TestLoginGivesASessionFor90Days(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	logo := "https://cdn.example/logo.png"
	want := api.Account{
		UserID: 1, Name: "Farhana Rahman", Email: email, Roles: []string{"merchant", "developer"},
		Stores: []api.StoreRef{
			{StoreID: 22, Name: "FloristBD", Domain: "FloristBD.example", Image: &logo},
			{StoreID: 23, Name: "Dhaka Gadget House", Domain: "Dhaka Gadget House.example"},
		},
	}
	login := b.login()
	if diff := cmp.Diff(want, login.Account); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(want, data[api.Account](t, b.do("GET /api/auth/me", nil, "X-Auth-Token: "+login.Token))); diff != "" {
		t.Errorf("me (-want +got):\n%s", diff)
	}
	var c claims
	if err := jwt.Verify(b.Key, login.Token, "", &c); err != nil {
		t.Fatal(err)
	}
	if c.Subject != "1" || c.StoreID != storetest.Florist || c.ID == "" || c.ExpiresAt.Sub(c.IssuedAt.Time) != 90*24*time.Hour {
		t.Errorf("claims %+v", c)
	}
	if !login.ExpiresAt.Equal(c.ExpiresAt.Time) || time.Until(c.ExpiresAt.Time) < 89*24*time.Hour {
		t.Errorf("answer says %s, token %s", login.ExpiresAt, c.ExpiresAt)
	}
	stored := dbtest.Value[string](t, b.DB, `SELECT token_hash FROM session`)
	if stored != secret.Hash(login.Token) || strings.Contains(stored, login.Token) {
		t.Errorf("stored %q", stored)
	}
}

func TestEmailIsReadGenerously(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	for _, typed := range []string{email, "MERCHANT@floristbd.EXAMPLE", "  merchant@floristbd.example "} {
		if w := b.try(typed, password); w.Code != http.StatusOK {
			t.Errorf("%q: %d %s", typed, w.Code, w.Body)
		}
	}
}

func TestWrongEmailAndWrongPasswordAnswerAlike(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	var messages []string
	for _, c := range []struct{ email, password string }{
		{email, "wrong"}, {email, password + " "}, {email, strings.ToUpper(password)}, {email, strings.Repeat("x", 1000)},
		{"nobody@example.com", password}, {"nobody@example.com", "wrong"}, {"' OR 1=1 --", password},
	} {
		e := refused(t, b.try(c.email, c.password), http.StatusUnauthorized, api.CodeInvalidCredentials)
		messages = append(messages, e.Message)
	}
	for _, m := range messages {
		if m != "Wrong email or password." {
			t.Errorf("got %q", m)
		}
	}
	if n := dbtest.Value[int](t, b.DB, `SELECT COUNT(*) FROM session`); n != 0 {
		t.Errorf("%d sessions", n)
	}
}

// TestUnknownEmailTakesAsLong: the comparison is made in both cases, with a
// hash of the same cost.
func TestUnknownEmailTakesAsLong(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	costly, err := secret.HashPassword(password, 9)
	if err != nil {
		t.Fatal(err)
	}
	dbtest.Exec(t, b.DB, `UPDATE account SET password_hash = $1`, costly)
	shortest := func(email string) time.Duration {
		best := time.Hour
		for n := range 4 {
			began := time.Now()
			b.try(email, "wrong", fmt.Sprintf("Address: 10.0.0.%d:1", n))
			best = min(best, time.Since(began))
		}
		return best
	}
	known, unknown := shortest(email), shortest("nobody@example.com")
	if ratio := float64(unknown) / float64(known); ratio < 0.5 {
		t.Errorf("known %s, unknown %s", known, unknown)
	}
}

func TestNobodyCanSignInWithoutAccounts(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	dbtest.Exec(t, b.DB, `DELETE FROM account_store`)
	dbtest.Exec(t, b.DB, `DELETE FROM account`)
	refused(t, b.try(email, password), http.StatusUnauthorized, api.CodeInvalidCredentials)
}

func TestLoginNamesWhatIsMissing(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	for name, c := range map[string]struct {
		body any
		want []string
	}{
		"nothing":     {map[string]string{}, []string{"email", "password"}},
		"no password": {api.LoginRequest{Email: email}, []string{"password"}},
		"spaces":      {api.LoginRequest{Email: "  ", Password: "x"}, []string{"email"}},
		"long email":  {api.LoginRequest{Email: strings.Repeat("ব", 255), Password: "x"}, []string{"email"}},
		"wrong type":  {map[string]any{"email": 5, "password": "x"}, []string{"email"}},
	} {
		e := refused(t, b.do("POST /api/auth/login", c.body), http.StatusBadRequest, api.CodeValidation)
		var got []string
		for _, f := range e.Errors {
			got = append(got, f.Field)
		}
		if diff := cmp.Diff(c.want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

func TestTenFailuresCloseTheDoorForThatEmailAndAddress(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	for range maxFailures {
		refused(t, b.try(email, "wrong"), http.StatusUnauthorized, api.CodeInvalidCredentials)
	}
	w := b.try(strings.ToUpper(email), password)
	refused(t, w, http.StatusTooManyRequests, api.CodeRateLimited)
	var seconds int
	if _, err := fmt.Sscan(w.Header().Get("Retry-After"), &seconds); err != nil || seconds < 50 || seconds > 60 {
		t.Errorf("Retry-After %q", w.Header().Get("Retry-After"))
	}
	if w := b.try(email, password, "Address: 10.9.8.7:1234"); w.Code != http.StatusOK {
		t.Errorf("from elsewhere: %d %s", w.Code, w.Body)
	}
	refused(t, b.try("other@example.com", "wrong"), http.StatusUnauthorized, api.CodeInvalidCredentials)
}

func TestTriesAtOnceAreCountedToo(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	var wg sync.WaitGroup
	codes := make(chan int, 40)
	for range cap(codes) {
		wg.Go(func() { codes <- b.try(email, "wrong").Code })
	}
	wg.Wait()
	close(codes)
	n := map[int]int{}
	for code := range codes {
		n[code]++
	}
	if n[http.StatusUnauthorized] != maxFailures || n[http.StatusTooManyRequests] != 30 {
		t.Errorf("answers %v", n)
	}
}

func TestGoodLoginsAtOnceAllSucceed(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	var wg sync.WaitGroup
	tokens := make(chan string, 30)
	for range cap(tokens) {
		wg.Go(func() { tokens <- b.login().Token })
	}
	wg.Wait()
	close(tokens)
	seen := map[string]bool{}
	for token := range tokens {
		seen[token] = true
	}
	if len(seen) != cap(tokens) || len(b.throttle.keys) != 0 {
		t.Errorf("%d different tokens, %d keys left", len(seen), len(b.throttle.keys))
	}
}

func TestASessionIsInMachineTime(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	login := b.login()
	b.DB.Clock.MoveTo(clock.Machine().AddDate(2, 0, 0))
	if w := b.do("GET /api/auth/me", nil, "X-Auth-Token: "+login.Token); w.Code != http.StatusOK {
		t.Errorf("two years of business time later: %d %s", w.Code, w.Body)
	}
}
