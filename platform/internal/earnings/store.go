package earnings

import (
	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/db"
	"github.com/selorax/sandbox/platform/internal/ledger"
)

// The sums of EarningsSums but for usage, over postings p of movements m.
const sums = `CAST(SUM(CASE WHEN p.account LIKE 'merchant:%' THEN -p.amount_minor ELSE 0 END) AS BIGINT),
	CAST(SUM(CASE WHEN p.account = 'platform' THEN p.amount_minor ELSE 0 END) AS BIGINT),
	CAST(SUM(CASE WHEN p.account = 'gateway' THEN p.amount_minor ELSE 0 END) AS BIGINT),
	CAST(SUM(CASE WHEN p.account LIKE 'developer:%' THEN p.amount_minor ELSE 0 END) AS BIGINT),
	CAST(SUM(CASE WHEN p.account LIKE 'merchant:%' AND m.kind = 'refund' THEN p.amount_minor ELSE 0 END) AS BIGINT),
	CAST(SUM(CASE WHEN p.account LIKE 'merchant:%' AND m.kind = 'payment' THEN 1 ELSE 0 END) AS BIGINT)`

// trade narrows movements down to those by which money changes hands.
const trade = `m.kind IN ('payment', 'refund') AND m.created_ms >= $1 AND m.created_ms < $2`

type row struct {
	key  int64
	sums api.EarningsSums
}

func scanSums(r db.Row) (out row, err error) {
	s := &out.sums
	err = r.Scan(&out.key, &s.Revenue, &s.Commission, &s.GatewayFees, &s.Developer, &s.Refunded, &s.Payments)
	return out, err
}

// bounds are the first millisecond of a span, and the first after it.
func (s span) bounds() (from, to int64) { return s.from.UnixMilli(), s.to.Add(day).UnixMilli() }

// dayByDay returns an app's sums by the Unix time at which a day begins.
func dayByDay(tx *db.Tx, appID int64, s span) (map[int64]api.EarningsSums, error) {
	from, to := s.bounds()
	return byKey(db.All(tx, scanSums, `SELECT m.created_ms / 86400000 * 86400, `+sums+`
		FROM ledger_movement m JOIN ledger_posting p ON p.movement_id = m.id
		WHERE `+trade+` AND m.app_id = $3 GROUP BY 1`, from, to, appID))
}

// appByApp returns everybody's sums by app.
func appByApp(tx *db.Tx, s span) (map[int64]api.EarningsSums, error) {
	from, to := s.bounds()
	return byKey(db.All(tx, scanSums, `SELECT m.app_id, `+sums+`
		FROM ledger_movement m JOIN ledger_posting p ON p.movement_id = m.id WHERE `+trade+` GROUP BY m.app_id`, from, to))
}

func byKey(rows []row, err error) (map[int64]api.EarningsSums, error) {
	found := map[int64]api.EarningsSums{}
	for _, r := range rows {
		found[r.key] = r.sums
	}
	return found, err
}

// usageByDay returns what an app metered by the Unix time at which a day begins.
func usageByDay(tx *db.Tx, appID int64, s span) (map[int64]api.Money, error) {
	from, to := s.bounds()
	return metered(tx, `SELECT created_ms / 86400000 * 86400, CAST(SUM(amount_minor) AS BIGINT) FROM usage_charge
		WHERE created_ms >= $1 AND created_ms < $2 AND app_id = $3 GROUP BY 1`, from, to, appID)
}

// usageByApp returns what everybody metered by app.
func usageByApp(tx *db.Tx, s span) (map[int64]api.Money, error) {
	from, to := s.bounds()
	return metered(tx, `SELECT app_id, CAST(SUM(amount_minor) AS BIGINT) FROM usage_charge
		WHERE created_ms >= $1 AND created_ms < $2 GROUP BY app_id`, from, to)
}

func metered(tx *db.Tx, query string, args ...any) (map[int64]api.Money, error) {
	type sum struct {
		key    int64
		amount api.Money
	}
	rows, err := db.All(tx, func(r db.Row) (s sum, err error) {
		err = r.Scan(&s.key, &s.amount)
		return s, err
	}, query, args...)
	found := map[int64]api.Money{}
	for _, r := range rows {
		found[r.key] = r.amount
	}
	return found, err
}

// Every movement of a payment or refund has one posting of the developer's:
// the statement is those, with what else moved beside them.
const statement = `SELECT m.id, m.kind, m.store_id, c.id, c.type, c.name,
	-(SELECT p.amount_minor FROM ledger_posting p WHERE p.movement_id = m.id AND p.account = 'merchant:' || m.store_id),
	COALESCE((SELECT p.amount_minor FROM ledger_posting p WHERE p.movement_id = m.id AND p.account = 'platform'), 0),
	COALESCE((SELECT p.amount_minor FROM ledger_posting p WHERE p.movement_id = m.id AND p.account = 'gateway'), 0),
	d.amount_minor, m.created_ms
	FROM ledger_posting d JOIN ledger_movement m ON m.id = d.movement_id JOIN charge c ON c.id = m.charge_id WHERE d.account = $1`

func scanEntry(r db.Row) (e api.StatementEntry, err error) {
	var created int64
	err = r.Scan(&e.EntryID, &e.Kind, &e.StoreID, &e.ChargeID, &e.ChargeType, &e.Name, &e.Paid, &e.Commission, &e.GatewayFee, &e.Amount, &created)
	e.CreatedAt = api.At(created)
	return e, err
}

// countEntries counts the entries of an app's statement.
func countEntries(tx *db.Tx, appID int64) (int, error) {
	return db.One(tx, db.Value[int], `SELECT COUNT(*) FROM ledger_posting WHERE account = $1`, string(ledger.Developer(appID)))
}

// newest returns a page of an app's statement, newest first.
func newest(tx *db.Tx, appID int64, limit, offset int) ([]api.StatementEntry, error) {
	return db.All(tx, scanEntry, statement+` ORDER BY d.movement_id DESC LIMIT $2 OFFSET $3`, string(ledger.Developer(appID)), limit, offset)
}

// sumOfNewest is what the newest entries of a statement changed.
func sumOfNewest(tx *db.Tx, appID int64, count int) (api.Money, error) {
	return db.One(tx, db.Value[api.Money], `SELECT CAST(COALESCE(SUM(amount_minor), 0) AS BIGINT) FROM (SELECT amount_minor FROM ledger_posting
		WHERE account = $1 ORDER BY movement_id DESC LIMIT $2) AS newest`, string(ledger.Developer(appID)), count)
}

// oldest returns an app's whole statement, oldest first.
func oldest(tx *db.Tx, appID int64) ([]api.StatementEntry, error) {
	return db.All(tx, scanEntry, statement+` ORDER BY d.movement_id`, string(ledger.Developer(appID)))
}
