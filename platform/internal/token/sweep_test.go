package token_test

import (
	"testing"
	"time"

	"github.com/selorax/sandbox/platform/internal/clock"
	"github.com/selorax/sandbox/platform/internal/db"
	"github.com/selorax/sandbox/platform/internal/db/dbtest"
	"github.com/selorax/sandbox/platform/internal/token"
)

func TestExpiredTokensDoNotPileUp(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.issue()
	b.db.Clock.MoveTo(b.db.Clock.Now().Add(2*token.AccessLife - time.Hour))
	b.issue()
	count := func(table string) int { return dbtest.Value[int](t, b.db, `SELECT COUNT(*) FROM `+table) }
	if n := count("access_token"); n != 2 {
		t.Errorf("%d access tokens, want both for another hour", n)
	}
	b.db.Clock.MoveTo(b.db.Clock.Now().Add(2 * time.Hour))
	last := b.issue()
	if n := count("access_token"); n != 2 || !b.works(last.Access) {
		t.Errorf("%d access tokens, want the expired one gone", n)
	}
	if n := count("refresh_token"); n != 3 {
		t.Errorf("%d refresh tokens: they do not live by business time", n)
	}
	dbtest.Exec(t, b.db, `UPDATE refresh_token SET expires_ms = $1`, clock.Machine().Add(-25*time.Hour).UnixMilli())
	b.issue()
	if n := count("refresh_token"); n != 1 {
		t.Errorf("%d refresh tokens, want the new one", n)
	}
}

func TestExpiredCodesDoNotPileUp(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.code(token.Code{})
	b.code(token.Code{})
	dbtest.Exec(t, b.db, `UPDATE authorization_code SET expires_ms = $1`, clock.Machine().Add(-23*time.Hour).UnixMilli())
	b.code(token.Code{})
	if n := dbtest.Value[int](t, b.db, `SELECT COUNT(*) FROM authorization_code`); n != 3 {
		t.Errorf("%d codes, want all within a day", n)
	}
	dbtest.Exec(t, b.db, `UPDATE authorization_code SET expires_ms = $1 WHERE expires_ms < $2`,
		clock.Machine().Add(-25*time.Hour).UnixMilli(), clock.Machine().UnixMilli())
	b.code(token.Code{})
	if n := dbtest.Value[int](t, b.db, `SELECT COUNT(*) FROM authorization_code`); n != 2 {
		t.Errorf("%d codes, want the two of now", n)
	}
}

func TestCustomTokenLivesAYear(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	var text string
	var expires time.Time
	b.write(func(tx *db.Tx) (err error) {
		text, expires, err = token.IssueCustom(tx, b.grant)
		return err
	})
	ends := func() (ms *int64) {
		b.write(func(tx *db.Tx) (err error) {
			ms, err = token.Expiry(tx, b.grant.InstallationID)
			return err
		})
		return ms
	}
	b.db.Clock.MoveTo(b.db.Clock.Now().Add(364 * 24 * time.Hour))
	if at := ends(); !b.works(text) || at == nil || *at != expires.UnixMilli() {
		t.Error("it ended before the year did")
	}
	b.db.Clock.MoveTo(b.db.Clock.Now().Add(2 * 24 * time.Hour))
	if b.works(text) || ends() != nil {
		t.Error("it outlived its year")
	}
}
