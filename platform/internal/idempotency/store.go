package idempotency

import "github.com/selorax/sandbox/platform/internal/db"

// take reserves a key, unless it was taken after the instant oldest. Keys from
// before it are forgotten.
func take(tx *db.Tx, owner, key, fingerprint string, now, oldest int64) (bool, error) {
	if _, err := tx.Exec(`DELETE FROM idempotency_key WHERE created_ms <= $1`, oldest); err != nil {
		return false, err
	}
	n, err := tx.Exec(`INSERT INTO idempotency_key (owner, key, fingerprint, status, body, created_ms)
		VALUES ($1, $2, $3, 0, $4, $5) ON CONFLICT (owner, key) DO NOTHING`, owner, key, fingerprint, []byte{}, now)
	return n == 1, err
}

func keep(tx *db.Tx, owner, key string, status int, body []byte) error {
	_, err := tx.Exec(`UPDATE idempotency_key SET status = $3, body = $4 WHERE owner = $1 AND key = $2`, owner, key, status, body)
	return err
}

type row struct {
	fingerprint string
	status      int
	body        []byte
}

func find(tx *db.Tx, owner, key string) (row, error) {
	return db.One(tx, func(r db.Row) (k row, err error) {
		err = r.Scan(&k.fingerprint, &k.status, &k.body)
		return k, err
	}, `SELECT fingerprint, status, body FROM idempotency_key WHERE owner = $1 AND key = $2`, owner, key)
}
