package credentials

import (
	"crypto/rand"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/sandbox/demo"
)

// Ensure reads the credentials at path, or makes them first. Of several
// processes that start at once exactly one makes the file, and all of them
// return the same credentials. The directory is made too, for its owner only.
func Ensure(path string) (File, error) {
	f, err := Read(path)
	if !errors.Is(err, fs.ErrNotExist) {
		return f, err
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return File{}, fmt.Errorf("make the data directory: %w", err)
	}
	if err := create(path, generate()); err != nil && !errors.Is(err, fs.ErrExist) {
		return File{}, fmt.Errorf("write %s: %w", path, err)
	}
	return Read(path)
}

// Read reads the credentials at path. The error is fs.ErrNotExist when there
// are none, and says what to do when the file is damaged or open to others.
func Read(path string) (File, error) {
	info, err := os.Stat(path)
	if err != nil {
		return File{}, err
	}
	if info.Mode().Perm()&0o077 != 0 {
		return File{}, fmt.Errorf("%s can be read by other users; run: chmod 600 %s", path, path)
	}
	text, err := os.ReadFile(path)
	if err != nil {
		return File{}, err
	}
	var f File
	if err := json.Unmarshal(text, &f); err != nil {
		return File{}, fmt.Errorf("%s is not valid JSON: %w", path, err)
	}
	if err := f.check(); err != nil {
		return File{}, fmt.Errorf("%s: %w", path, err)
	}
	return f, nil
}

// create writes the whole file under another name and then links it, so that
// a reader sees all of it or none, and the slower of two writers gets
// fs.ErrExist instead of replacing what the other already handed out.
func create(path string, f File) error {
	tmp, err := write(path, f)
	if err != nil {
		return err
	}
	defer os.Remove(tmp)
	return os.Link(tmp, path)
}

func generate() File {
	f := File{Apps: map[string]App{}, ControlKey: randomHex(32)}
	for _, a := range demo.Apps() {
		f.Apps[a.Slug] = App{
			ClientID:          api.PrefixClientID + randomHex(16),
			ClientSecret:      api.PrefixClientSecret + randomHex(32),
			SessionSigningKey: randomHex(32),
			WebhookSecret:     api.PrefixWebhookSecret + randomHex(32),
		}
	}
	return f
}

// randomHex returns n random bytes as hex digits. crypto/rand never fails: it
// ends the process if the system has no randomness.
func randomHex(n int) string {
	b := make([]byte, n)
	rand.Read(b)
	return hex.EncodeToString(b)
}
