package credentials_test

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/selorax/sandbox/platform/internal/sandbox/credentials"
)

func TestUpdateAtOnceLosesNothing(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "credentials.json")
	before, err := credentials.Ensure(path)
	if err != nil {
		t.Fatal(err)
	}
	var all sync.WaitGroup
	for i := range 16 {
		all.Go(func() {
			err := credentials.Update(path, func(f *credentials.File) error {
				f.Apps[fmt.Sprintf("app-%d", i)] = credentials.App{AppID: int64(i + 1), ClientID: "sx_app_x"}
				return nil
			})
			if err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	after, err := credentials.Read(path)
	if err != nil {
		t.Fatal(err)
	}
	if len(after.Apps) != len(before.Apps)+16 || after.Apps["restock"] != before.Apps["restock"] || after.ControlKey != before.ControlKey {
		t.Errorf("%d apps", len(after.Apps))
	}
	if info, _ := os.Stat(path); info.Mode().Perm() != 0o600 {
		t.Errorf("file mode is %o, want 600", info.Mode().Perm())
	}
	if left, _ := os.ReadDir(filepath.Dir(path)); len(left) != 1 {
		t.Errorf("%d files, want credentials.json alone", len(left))
	}
}

func TestARefusedUpdateChangesNothing(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "credentials.json")
	before, err := credentials.Ensure(path)
	if err != nil {
		t.Fatal(err)
	}
	refusal := errors.New("no")
	for name, change := range map[string]func(*credentials.File) error{
		"refused": func(f *credentials.File) error { f.Apps["x"] = credentials.App{}; return refusal },
		"broken":  func(f *credentials.File) error { f.ControlKey = ""; return nil },
	} {
		if err := credentials.Update(path, change); err == nil {
			t.Errorf("%s: no error", name)
		}
		after, err := credentials.Read(path)
		if diff := cmp.Diff(before, after); diff != "" || err != nil {
			t.Errorf("%s: %v\n%s", name, err, diff)
		}
	}
}
