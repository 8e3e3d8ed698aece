package dbtest

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"net/url"
	"os"
	"path/filepath"
	"testing"

	"github.com/jackc/pgx/v5"
)

// server is the PostgreSQL database the tests share, or "".
func server() string { return os.Getenv("TEST_DATABASE_URL") }

// OnPostgres reports whether the tests run on PostgreSQL.
func OnPostgres() bool { return server() != "" }

// SQLiteOnly skips a test of what only SQLite has.
func SQLiteOnly(t testing.TB, why string) {
	t.Helper()
	if OnPostgres() {
		t.Skip("on SQLite only: " + why)
	}
}

// URL returns the database of a data directory: the same directory, the same
// database. It ends with the test that asks for it first.
func URL(t testing.TB, dir string) string {
	t.Helper()
	if !OnPostgres() {
		return "sqlite:" + filepath.Join(dir, "platform.db")
	}
	sum := sha256.Sum256([]byte(dir))
	schema := "test_" + hex.EncodeToString(sum[:8])
	u, err := url.Parse(server())
	if err != nil {
		t.Fatal(err)
	}
	marker := filepath.Join(dir, "postgres-schema")
	if _, err := os.Stat(marker); err != nil {
		if err := os.WriteFile(marker, []byte(schema), 0o600); err != nil {
			t.Fatal(err)
		}
		command(t, "DROP SCHEMA IF EXISTS "+schema+" CASCADE") // a temporary directory's name may return
		command(t, "CREATE SCHEMA "+schema)
		t.Cleanup(func() { command(t, "DROP SCHEMA "+schema+" CASCADE") })
	}
	query := u.Query()
	query.Set("search_path", schema)
	u.RawQuery = query.Encode()
	return u.String()
}

// command runs a statement on a connection of its own.
func command(t testing.TB, statement string) {
	t.Helper()
	ctx := context.WithoutCancel(t.Context())
	conn, err := pgx.Connect(ctx, server())
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(ctx)
	if _, err := conn.Exec(ctx, statement); err != nil {
		t.Error(err)
	}
}
