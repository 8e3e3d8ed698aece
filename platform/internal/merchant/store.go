package merchant

import (
	"strings"

	"github.com/selorax/sandbox/platform/internal/db"
)

const accountColumns = `a.id, a.name, a.email, a.password_hash, a.roles`

func scanAccount(r db.Row) (a account, err error) {
	var roles string
	err = r.Scan(&a.id, &a.name, &a.email, &a.passwordHash, &roles)
	a.roles = strings.Split(roles, ",")
	return a, err
}

func accountByEmail(tx *db.Tx, email string) (account, error) {
	return db.One(tx, scanAccount, `SELECT `+accountColumns+` FROM account a WHERE a.email = $1`, email)
}

func accountByID(tx *db.Tx, id int64) (account, error) {
	return db.One(tx, scanAccount, `SELECT `+accountColumns+` FROM account a WHERE a.id = $1`, id)
}

// anyPasswordHash returns the hash of some account, or db.ErrNoRows.
func anyPasswordHash(tx *db.Tx) (string, error) {
	return db.One(tx, db.Value[string], `SELECT password_hash FROM account ORDER BY id LIMIT 1`)
}

func insertAccount(tx *db.Tx, in New) (int64, error) {
	return db.One(tx, db.Value[int64], `INSERT INTO account (name, email, password_hash, roles, created_ms)
		VALUES ($1, $2, $3, $4, $5) RETURNING id`,
		in.Name, foldEmail(in.Email), in.PasswordHash, strings.Join(in.Roles, ","), tx.NowMS())
}

func insertAccountStore(tx *db.Tx, accountID, storeID int64) error {
	_, err := tx.Exec(`INSERT INTO account_store (account_id, store_id) VALUES ($1, $2)`, accountID, storeID)
	return err
}

// storeIDs returns the stores that an account may open, in the order of their
// ids.
func storeIDs(tx *db.Tx, accountID int64) ([]int64, error) {
	return db.All(tx, db.Value[int64], `SELECT store_id FROM account_store WHERE account_id = $1 ORDER BY store_id`, accountID)
}

func insertSession(tx *db.Tx, accountID int64, tokenHash string, createdMS, expiresMS int64) error {
	_, err := tx.Exec(`INSERT INTO session (account_id, token_hash, created_ms, expires_ms) VALUES ($1, $2, $3, $4)`,
		accountID, tokenHash, createdMS, expiresMS)
	return err
}

// openSession returns the session of a token and whose it is; db.ErrNoRows
// when there is none, or it ended or expired.
func openSession(tx *db.Tx, tokenHash string, nowMS int64) (sessionID int64, a account, err error) {
	a, err = db.One(tx, func(r db.Row) (a account, err error) {
		var roles string
		err = r.Scan(&sessionID, &a.id, &a.name, &roles)
		a.roles = strings.Split(roles, ",")
		return a, err
	}, `SELECT s.id, a.id, a.name, a.roles FROM session s JOIN account a ON a.id = s.account_id
		WHERE s.token_hash = $1 AND s.ended_ms IS NULL AND s.expires_ms > $2`, tokenHash, nowMS)
	return sessionID, a, err
}

// dropSessions deletes the sessions that expired before an instant. Those that
// were ended stay until then, so that their tokens are told apart.
func dropSessions(tx *db.Tx, beforeMS int64) error {
	_, err := tx.Exec(`DELETE FROM session WHERE expires_ms < $1`, beforeMS)
	return err
}

func endSession(tx *db.Tx, sessionID, nowMS int64) error {
	_, err := tx.Exec(`UPDATE session SET ended_ms = $2 WHERE id = $1 AND ended_ms IS NULL`, sessionID, nowMS)
	return err
}

func foldEmail(email string) string { return strings.ToLower(strings.TrimSpace(email)) }
