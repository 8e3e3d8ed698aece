package restock

import (
	"bytes"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"
	"unicode/utf8"
)

// Twenty requests find the access token refused and get by with one refresh:
// each refresh uses the refresh token up.
func TestOneRefreshForAll(t *testing.T) {
	t.Parallel()
	for name, spoil := range map[string]func(*harness){
		"refused by the platform": func(h *harness) { h.platform.expire() },
		"about to expire":         func(h *harness) { h.pass(24*time.Hour - refreshEarly) },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h := start(t)
			h.install(22)
			spoil(h)
			session := h.session(22)
			var all sync.WaitGroup
			statuses := make([]int, 20)
			for i := range statuses {
				all.Go(func() { statuses[i] = h.get("/api/overview", "X-Session-Token", session).status })
			}
			all.Wait()
			for i, status := range statuses {
				if status != http.StatusOK {
					t.Errorf("request %d got %d", i, status)
				}
			}
			if h.platform.refreshes != 1 {
				t.Errorf("%d refreshes", h.platform.refreshes)
			}
		})
	}
}

func TestNoRefreshWithoutNeed(t *testing.T) {
	t.Parallel()
	h := start(t)
	h.install(22)
	h.pass(24*time.Hour - refreshEarly - time.Second)
	if a := h.overview(22); a.status != http.StatusOK || h.platform.refreshes != 0 {
		t.Errorf("%d after %d refreshes", a.status, h.platform.refreshes)
	}
}

func TestRevokedAccess(t *testing.T) {
	t.Parallel()
	h := start(t)
	h.install(22)
	h.platform.revoke()
	for range 2 {
		if a := h.overview(22); a.status != http.StatusConflict || !strings.Contains(a.body, "not_installed") {
			t.Errorf("%d %s", a.status, a.body)
		}
	}
	if h.platform.refreshes != 1 {
		t.Errorf("a dead refresh token was tried %d times", h.platform.refreshes)
	}
	h.install(22)
	if a := h.overview(22); a.status != http.StatusOK {
		t.Errorf("after installing again: %d %s", a.status, a.body)
	}
}

func TestPlatformAway(t *testing.T) {
	t.Parallel()
	h := start(t)
	h.install(22)
	h.platform.CloseClientConnections()
	h.platform.Close()
	if a := h.overview(22); a.status != http.StatusBadGateway || !strings.Contains(a.body, "platform_unavailable") {
		t.Errorf("%d %s", a.status, a.body)
	}
}

func TestTokensAreSealed(t *testing.T) {
	t.Parallel()
	h := start(t)
	h.install(22)
	h.install(23)
	sealed := map[int64][]byte{}
	for _, storeID := range []int64{22, 23} {
		var b []byte
		if err := h.app.DB.QueryRowContext(t.Context(), `SELECT tokens FROM store WHERE store_id = ?`, storeID).Scan(&b); err != nil {
			t.Fatal(err)
		}
		if bytes.Contains(b, []byte("at-")) || bytes.Contains(b, []byte("rt-")) {
			t.Errorf("a token can be read: %q", b)
		}
		sealed[storeID] = b
	}
	if _, err := h.app.Vault.open(22, sealed[22]); err != nil {
		t.Errorf("the own tokens do not open: %v", err)
	}
	if _, err := h.app.Vault.open(22, sealed[23]); err == nil {
		t.Error("tokens of store 23 open for store 22")
	}
	other, err := NewVault("sx_secret_rotated")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := other.open(22, sealed[22]); err == nil {
		t.Error("tokens open under another client secret")
	}
	rotated, err := NewVault("sx_secret_rotated", clientSecret)
	if err != nil {
		t.Fatal(err)
	}
	if got, err := rotated.open(22, sealed[22]); err != nil || got.Access != "at-22-1" {
		t.Errorf("the secret before does not open: %+v, %v", got, err)
	}
	h.app.Vault = rotated
	for _, want := range []int{2, 0} {
		if n, err := h.app.Reseal(t.Context()); n != want || err != nil {
			t.Errorf("%d sealed anew, want %d, %v", n, want, err)
		}
	}
	h.app.Vault = other
	if _, err := h.app.load(t.Context(), 22); err != nil {
		t.Errorf("the secret before is needed still: %v", err)
	}
}

// FuzzVaultOpen holds that tokens open for their own store and unchanged, and
// in no other way.
func FuzzVaultOpen(f *testing.F) {
	vault, err := NewVault(clientSecret)
	if err != nil {
		f.Fatal(err)
	}
	f.Add(int64(22), "at-22-1", uint(0), byte(0))
	f.Add(int64(23), "", uint(0), byte(0))
	f.Add(int64(22), "at-22-1", uint(13), byte(1))
	f.Fuzz(func(t *testing.T, storeID int64, access string, at uint, flip byte) {
		if !utf8.ValidString(access) {
			return // the platform's tokens are plain text, and JSON keeps nothing else
		}
		sealed, err := vault.seal(22, tokens{Access: access, Refresh: "rt"})
		if err != nil {
			t.Fatal(err)
		}
		sealed[at%uint(len(sealed))] ^= flip
		got, err := vault.open(storeID, sealed)
		if opened := err == nil; opened != (storeID == 22 && flip == 0) {
			t.Errorf("opened: %v (%v)", opened, err)
		}
		if err == nil && got.Access != access {
			t.Errorf("%q came back as %q", access, got.Access)
		}
	})
}
