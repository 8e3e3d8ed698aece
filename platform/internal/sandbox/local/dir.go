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

// Log is the file with what the programs wrote since the last start: a line
// each, behind the name of its program and supervise.FileMark. Once it is full
// it moves to OldLog and a new one begins.
func (d Dir) Log() string { return filepath.Join(string(d), "sandbox.log") }

// OldLog is the log before the present one of the same start, if there is one.
func (d Dir) OldLog() string { return d.Log() + ".1" }

func (d Dir) lock() string  { return filepath.Join(string(d), "sandbox.lock") }
func (d Dir) state() string { return filepath.Join(string(d), "sandbox.json") }
