package secret

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/crypto/bcrypt"
)

func TestTokenMatchesOnlyItsHash(t *testing.T) {
	t.Parallel()
	a, b := New("sx_at_"), New("sx_at_")
	if !strings.HasPrefix(a, "sx_at_") || len(a) != len("sx_at_")+64 {
		t.Errorf("unexpected form %q", a)
	}
	if !Matches(a, Hash(a)) || Matches(b, Hash(a)) || Matches("", Hash(a)) {
		t.Error("Matches does not tell tokens apart")
	}
}

func TestPassword(t *testing.T) {
	t.Parallel()
	hash, err := HashPassword("correct", bcrypt.MinCost)
	if err != nil {
		t.Fatal(err)
	}
	for password, want := range map[string]bool{"correct": true, "wrong": false, "": false} {
		if got, err := PasswordMatches(password, hash); got != want || err != nil {
			t.Errorf("%q: %v, %v", password, got, err)
		}
	}
	if _, err := PasswordMatches("x", "not a hash"); err == nil {
		t.Error("a broken hash must be an error")
	}
}

func TestBoxBindsPurpose(t *testing.T) {
	t.Parallel()
	box, err := NewBox(make([]byte, KeySize))
	if err != nil {
		t.Fatal(err)
	}
	sealed := box.Seal("app.signing_key", "abc")
	if got, err := box.Open("app.signing_key", sealed); got != "abc" || err != nil {
		t.Errorf("got %q, %v", got, err)
	}
	if _, err := box.Open("webhook.secret", sealed); err == nil {
		t.Error("opened for another purpose")
	}
	sealed[len(sealed)-1] ^= 1
	if _, err := box.Open("app.signing_key", sealed); err == nil {
		t.Error("opened a changed text")
	}
}

func TestLoadKeyMakesAndKeeps(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "sub", "key")
	first, err := LoadKey(path)
	if err != nil {
		t.Fatal(err)
	}
	second, err := LoadKey(path)
	if err != nil || string(first) != string(second) {
		t.Errorf("key changed: %v", err)
	}
	info, _ := os.Stat(path)
	if info.Mode().Perm() != 0o600 {
		t.Errorf("mode %v", info.Mode())
	}
	if err := os.WriteFile(path, []byte("short"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := LoadKey(path); err == nil {
		t.Error("a short key must be refused")
	}
}
