package fault

import (
	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/db"
)

const columns = `f.id, COALESCE(f.app_id, 0), COALESCE(a.slug, ''), f.applies_to, f.effect, f.store_id, f.topic, f.route, f.first_n, f.every_n,
	f.delay_ms, f.retry_after_s, f.matches, f.hits, f.created_ms`

func scan(r db.Row) (row struct {
	rule Rule
	api.Fault
}, err error) {
	var created int64
	var retryAfter int
	f := &row.Fault
	err = r.Scan(&row.rule.ID, &row.rule.AppID, &f.App, &f.On, &f.Effect, &f.StoreID, &f.Topic, &f.Route, &f.First, &f.Every,
		&f.DelayMS, &retryAfter, &f.Matches, &f.Hits, &created)
	if f.Effect == api.FaultRateLimited || f.Effect == api.FaultUnavailable {
		f.RetryAfterS = &retryAfter
	}
	f.FaultID, f.CreatedAt = row.rule.ID, api.At(created)
	f.Spent = f.First > 0 && f.Matches >= f.First
	row.rule.NewFault = f.NewFault
	return row, err
}

const query = `SELECT ` + columns + ` FROM fault f LEFT JOIN app a ON a.id = f.app_id `

func all(tx *db.Tx) (rules []Rule, faults []api.Fault, err error) {
	rows, err := db.All(tx, scan, query+`ORDER BY f.id`)
	faults = []api.Fault{}
	for _, row := range rows {
		rules, faults = append(rules, row.rule), append(faults, row.Fault)
	}
	return rules, faults, err
}

func byID(tx *db.Tx, id int64) (api.Fault, error) {
	row, err := db.One(tx, scan, query+`WHERE f.id = $1`, id)
	return row.Fault, err
}

func insert(tx *db.Tx, in api.NewFault, appID *int64) (int64, error) {
	retryAfter := 0
	if in.RetryAfterS != nil {
		retryAfter = *in.RetryAfterS
	}
	return db.One(tx, db.Value[int64], `INSERT INTO fault (applies_to, effect, app_id, store_id, topic, route, first_n, every_n, delay_ms,
		retry_after_s, matches, hits, created_ms) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 0, 0, $11) RETURNING id`,
		in.On, in.Effect, appID, in.StoreID, in.Topic, in.Route, in.First, in.Every, in.DelayMS, retryAfter, tx.NowMS())
}

// countMatch returns which match of the rule this is, or 0 when the rule is
// gone.
func countMatch(tx *db.Tx, id int64) (int, error) {
	n, err := db.One(tx, db.Value[int], `UPDATE fault SET matches = matches + 1 WHERE id = $1 RETURNING matches`, id)
	if db.IsNone(err) {
		return 0, nil
	}
	return n, err
}

func countHit(tx *db.Tx, id int64) error {
	_, err := tx.Exec(`UPDATE fault SET hits = hits + 1 WHERE id = $1`, id)
	return err
}

// remove deletes a rule, or every rule with id 0.
func remove(tx *db.Tx, id int64) (int64, error) {
	return tx.Exec(`DELETE FROM fault WHERE id = $1 OR $2 = 0`, id, id)
}

func appBySlug(tx *db.Tx, slug string) (int64, error) {
	return db.One(tx, db.Value[int64], `SELECT id FROM app WHERE slug = $1 AND deleted_ms IS NULL`, slug)
}

func names(tx *db.Tx) (slugs []string, stores []int64, err error) {
	if slugs, err = db.All(tx, db.Value[string], `SELECT slug FROM app WHERE deleted_ms IS NULL ORDER BY id`); err != nil {
		return nil, nil, err
	}
	stores, err = db.All(tx, db.Value[int64], `SELECT id FROM store ORDER BY id`)
	return slugs, stores, err
}
