package sandbox

import (
	"testing"

	"github.com/selorax/sandbox/platform/internal/db/dbtest"
)

// The seed chooses its ids; what comes after it must not run into them.
func TestIDsGoOnAfterTheSeed(t *testing.T) {
	t.Parallel()
	d := seeded(t, noon).DB
	last := dbtest.Value[int64](t, d, `SELECT MAX(id) FROM store`)
	dbtest.Exec(t, d, `INSERT INTO store (name, email, phone, currency, domain, language, created_ms, updated_ms)
		VALUES ('New', '', '', 'BDT', 'new.example', 'bn', 0, 0)`)
	if next := dbtest.Value[int64](t, d, `SELECT MAX(id) FROM store`); next != last+1 {
		t.Errorf("after store %d came %d", last, next)
	}
}
