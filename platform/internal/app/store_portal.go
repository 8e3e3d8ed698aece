package app

import (
	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/db"
)

// portalRow is an app with what only the portal shows.
type portalRow struct {
	app           api.App // as stored
	ownerID       *int64
	note          string
	submittedMS   *int64
	reviewedMS    *int64
	nextWebhookMS *int64
	installations int // active ones
}

func (r portalRow) ownedBy(userID int64) bool { return r.ownerID != nil && *r.ownerID == userID }

const portalColumns = columns + `, owner_id, review_note, submitted_ms, reviewed_ms, next_webhook_ms,
	(SELECT COUNT(*) FROM installation i WHERE i.app_id = app.id AND i.status = 'active')`

// trailing reads what a row has beyond the columns of scan.
type trailing struct {
	db.Row
	rest []any
}

// Scan fills the caller's variables and then the trailing ones.
func (t trailing) Scan(dest ...any) error { return t.Row.Scan(append(dest, t.rest...)...) }

func scanPortal(r db.Row) (p portalRow, err error) {
	p.app, err = scan(trailing{r, []any{&p.ownerID, &p.note, &p.submittedMS, &p.reviewedMS, &p.nextWebhookMS, &p.installations}})
	return p, err
}

// inPortal is the condition of apps that the portal knows: custom apps belong
// to their merchant alone.
const inPortal = `app_type = 'platform' AND deleted_ms IS NULL`

func portalApp(tx *db.Tx, appID int64) (portalRow, error) {
	return db.One(tx, scanPortal, `SELECT `+portalColumns+` FROM app WHERE id = $1 AND `+inPortal, appID)
}

func portalPage(tx *db.Tx, where *db.Where, p db.Page) (rows []portalRow, total int, err error) {
	if total, err = where.Count(tx, "app"); err != nil {
		return nil, 0, err
	}
	p.Columns, p.From, p.ID = portalColumns, "app", "id"
	rows, err = db.Rows(tx, scanPortal, where, p)
	return rows, total, err
}

// update writes everything that a developer may change.
func update(tx *db.Tx, a api.App) error {
	_, err := tx.Exec(`UPDATE app SET name = $2, icon = $3, screenshots = $4, description = $5, short_description = $6,
		homepage_url = $7, app_url = $8, setup_url = $9, webhook_url = $10, webhook_receive_url = $11, webhook_topics = $12,
		redirect_urls = $13, requested_scopes = $14, developer_name = $15, developer_email = $16, pricing_type = $17,
		pricing_minor = $18, fee_payer = $19, commission_ppm = $20, category = $21, metadata = $22, is_listed = $23,
		updated_ms = $24 WHERE id = $1`,
		a.AppID, a.Name, a.Icon, list(a.Screenshots), a.Description, a.ShortDescription, a.HomepageURL, a.AppURL, a.SetupURL,
		a.WebhookURL, a.WebhookReceiveURL, list(a.WebhookTopics), list(a.RedirectURLs), a.RequestedScopes.String(),
		a.DeveloperName, a.DeveloperEmail, a.PricingType, int64(a.PricingAmount), a.FeePayer, commission(a), a.Category,
		jsonOrNil(a.Metadata), a.IsListed, tx.NowMS())
	return err
}

// moveReview returns false when the review is not where it was thought to be.
func moveReview(tx *db.Tx, appID int64, from, to, note string) (bool, error) {
	stamp := "reviewed_ms"
	if to == api.ReviewInReview {
		stamp = "submitted_ms"
	}
	changed, err := tx.Exec(`UPDATE app SET review_status = $3, review_note = $4, is_active = $5, `+stamp+` = $6, updated_ms = $6
		WHERE id = $1 AND review_status = $2 AND deleted_ms IS NULL`,
		appID, from, to, note, api.Flag(to != api.ReviewSuspended), tx.NowMS())
	return changed == 1, err
}

func markDeleted(tx *db.Tx, appID int64) error {
	_, err := tx.Exec(`UPDATE app SET deleted_ms = $2, updated_ms = $2 WHERE id = $1 AND deleted_ms IS NULL`, appID, tx.NowMS())
	return err
}

// OwnerID returns the account of an app's developer; nil for the platform's own
// apps and for custom apps.
func OwnerID(tx *db.Tx, appID int64) (*int64, error) {
	return db.One(tx, db.Value[*int64], `SELECT owner_id FROM app WHERE id = $1`, appID)
}

// EndCustom deletes an app that was made for the store it has just left. Other
// apps stay.
func EndCustom(tx *db.Tx, appID int64) error {
	_, err := tx.Exec(`UPDATE app SET deleted_ms = $2, updated_ms = $2 WHERE id = $1 AND app_type = 'custom'`, appID, tx.NowMS())
	return err
}

func setClientSecret(tx *db.Tx, appID int64, hash string) error {
	_, err := tx.Exec(`UPDATE app SET client_secret_hash = $2, updated_ms = $3 WHERE id = $1`, appID, hash, tx.NowMS())
	return err
}

func setSigningKey(tx *db.Tx, appID int64, sealed []byte) error {
	_, err := tx.Exec(`UPDATE app SET signing_key = $2, updated_ms = $3 WHERE id = $1`, appID, sealed, tx.NowMS())
	return err
}
