package credentials_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/selorax/sandbox/platform/internal/sandbox/credentials"
)

func TestEnsureMakesThemOnce(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "data", "credentials.json")
	first, err := credentials.Ensure(path)
	if err != nil {
		t.Fatal(err)
	}
	second, err := credentials.Ensure(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(first, second); diff != "" {
		t.Errorf("second start made others (-first +second):\n%s", diff)
	}
	info, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	if got := info.Mode().Perm(); got != 0o600 {
		t.Errorf("file mode is %o, want 600", got)
	}
	if left, _ := os.ReadDir(filepath.Dir(path)); len(left) != 1 {
		t.Errorf("%d files in the data directory, want credentials.json alone", len(left))
	}
}

func TestEachDirectoryHasItsOwn(t *testing.T) {
	t.Parallel()
	a, err := credentials.Ensure(filepath.Join(t.TempDir(), "c.json"))
	if err != nil {
		t.Fatal(err)
	}
	b, err := credentials.Ensure(filepath.Join(t.TempDir(), "c.json"))
	if err != nil {
		t.Fatal(err)
	}
	if a.ControlKey == b.ControlKey || a.Apps["restock"] == b.Apps["restock"] {
		t.Error("two data directories share secrets")
	}
}

// Many starts at once agree on one file.
func TestEnsureAtOnce(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "credentials.json")
	got := make([]credentials.File, 16)
	var all sync.WaitGroup
	for i := range got {
		all.Go(func() {
			f, err := credentials.Ensure(path)
			if err != nil {
				t.Error(err)
			}
			got[i] = f
		})
	}
	all.Wait()
	for i := range got {
		if diff := cmp.Diff(got[0], got[i]); diff != "" {
			t.Fatalf("starter %d has other credentials:\n%s", i, diff)
		}
	}
}

func TestReadRefuses(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name string
		mode os.FileMode
		edit func(*credentials.File)
		want string
	}{
		{"open to others", 0o644, func(*credentials.File) {}, "chmod 600"},
		{"no control key", 0o600, func(f *credentials.File) { f.ControlKey = "" }, "control_key"},
		{"app missing", 0o600, func(f *credentials.File) { delete(f.Apps, "my-app") }, "my-app is missing"},
		{"short secret", 0o600, func(f *credentials.File) {
			a := f.Apps["restock"]
			a.ClientSecret = a.ClientSecret[:20]
			f.Apps["restock"] = a
		}, "client_secret of restock"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			path := filepath.Join(t.TempDir(), "credentials.json")
			f, err := credentials.Ensure(path)
			if err != nil {
				t.Fatal(err)
			}
			tt.edit(&f)
			text, err := json.Marshal(f)
			if err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(path, text, 0o600); err != nil {
				t.Fatal(err)
			}
			if err := os.Chmod(path, tt.mode); err != nil {
				t.Fatal(err)
			}
			if _, err := credentials.Read(path); err == nil || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("Read: %v, want an error with %q", err, tt.want)
			}
		})
	}
}
