package local

import (
	"os"
	"path/filepath"
)

// Dir is a data directory: all that a sandbox keeps between two starts.
type Dir string

// Make makes the directory, for its owner only.
func (d Dir) Make() error { return os.MkdirAll(string(d), 0o700) }

// Credentials is the file with the plain credentials of the demo apps.
func (d Dir) Credentials() string { return filepath.Join(string(d), "credentials.json") }

// Key is the file with the key that encrypts secrets in the database.
func (d Dir) Key() string { return filepath.Join(string(d), "platform.key") }

// Database is the platform's embedded database.
func (d Dir) Database() string { return filepath.Join(string(d), "platform.db") }

// AppDatabase is the sample app's database.
func (d Dir) AppDatabase() string { return filepath.Join(string(d), "restock.db") }

func (d Dir) lock() string  { return filepath.Join(string(d), "sandbox.lock") }
func (d Dir) state() string { return filepath.Join(string(d), "sandbox.json") }
