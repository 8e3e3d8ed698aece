package app

import (
	"encoding/json"
	"errors"
	"strings"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/db"
	"github.com/selorax/sandbox/platform/internal/money"
)

const columns = `id, app_type, name, slug, icon, description, short_description, homepage_url, app_url, setup_url,
	webhook_url, webhook_receive_url, webhook_topics, redirect_urls, requested_scopes, developer_name, developer_email,
	pricing_type, pricing_minor, fee_payer, commission_ppm, category, review_status, client_id, is_listed, is_active,
	created_ms, updated_ms, screenshots, metadata`

func scan(r db.Row) (a api.App, err error) {
	var topics, redirects, scopes, screenshots string
	var metadata *string
	var commission money.Rate
	var created, updated int64
	err = r.Scan(&a.AppID, &a.AppType, &a.Name, &a.Slug, &a.Icon, &a.Description, &a.ShortDescription, &a.HomepageURL,
		&a.AppURL, &a.SetupURL, &a.WebhookURL, &a.WebhookReceiveURL, &topics, &redirects, &scopes, &a.DeveloperName,
		&a.DeveloperEmail, &a.PricingType, &a.PricingAmount, &a.FeePayer, &commission, &a.Category, &a.ReviewStatus,
		&a.ClientID, &a.IsListed, &a.IsActive, &created, &updated, &screenshots, &metadata)
	if err != nil {
		return a, err
	}
	a.RequestedScopes, _ = api.ParseScopes(scopes)
	a.CommissionRate = commission.Float()
	a.CreatedAt, a.UpdatedAt = api.At(created), api.At(updated)
	if metadata != nil {
		a.Metadata = json.RawMessage(*metadata)
	}
	return a, errors.Join(json.Unmarshal([]byte(topics), &a.WebhookTopics), json.Unmarshal([]byte(redirects), &a.RedirectURLs),
		json.Unmarshal([]byte(screenshots), &a.Screenshots))
}

func byID(tx *db.Tx, id int64) (api.App, error) {
	return db.One(tx, scan, `SELECT `+columns+` FROM app WHERE id = $1 AND deleted_ms IS NULL`, id)
}

func anyByID(tx *db.Tx, id int64) (api.App, error) {
	return db.One(tx, scan, `SELECT `+columns+` FROM app WHERE id = $1`, id)
}

func byClientID(tx *db.Tx, clientID string) (api.App, error) {
	return db.One(tx, scan, `SELECT `+columns+` FROM app WHERE client_id = $1 AND deleted_ms IS NULL`, clientID)
}

func bySlug(tx *db.Tx, slug string) (api.App, error) {
	return db.One(tx, scan, `SELECT `+columns+` FROM app WHERE slug = $1 AND app_type = 'platform' AND deleted_ms IS NULL`, slug)
}

func all(tx *db.Tx) ([]api.App, error) {
	return db.All(tx, scan, `SELECT `+columns+` FROM app WHERE app_type = 'platform' AND deleted_ms IS NULL ORDER BY id`)
}

func listed(tx *db.Tx) ([]api.App, error) {
	return db.All(tx, scan, `SELECT `+columns+` FROM app
		WHERE is_listed = 1 AND is_active = 1 AND review_status = 'approved' AND deleted_ms IS NULL ORDER BY name, id`)
}

func insert(tx *db.Tx, in New, secretHash string, signingKey, webhookSecret []byte) (int64, error) {
	a := in.App
	return db.One(tx, db.Value[int64], `INSERT INTO app (app_type, name, slug, icon, description, short_description,
		homepage_url, app_url, setup_url, webhook_url, webhook_receive_url, webhook_topics, redirect_urls, requested_scopes,
		developer_name, developer_email, pricing_type, pricing_minor, fee_payer, commission_ppm, category, review_status,
		is_listed, is_active, client_id, client_secret_hash, signing_key, webhook_secret, owner_id, created_ms, updated_ms,
		screenshots, metadata, store_id)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22,
		$23, $24, $25, $26, $27, $28, $29, $30, $30, $31, $32, $33) RETURNING id`,
		a.AppType, a.Name, a.Slug, a.Icon, a.Description, a.ShortDescription, a.HomepageURL, a.AppURL, a.SetupURL,
		a.WebhookURL, a.WebhookReceiveURL, list(a.WebhookTopics), list(a.RedirectURLs), a.RequestedScopes.String(),
		a.DeveloperName, a.DeveloperEmail, a.PricingType, int64(a.PricingAmount), a.FeePayer, commission(a), a.Category,
		a.ReviewStatus, a.IsListed, a.IsActive, in.Credentials.ClientID, secretHash, signingKey, webhookSecret, in.OwnerID,
		tx.NowMS(), list(a.Screenshots), jsonOrNil(a.Metadata), in.StoreID)
}

// commission is an app's rate as it is stored.
func commission(a api.App) int64 { return int64(a.CommissionRate*float64(money.One) + 0.5) }

func jsonOrNil(text json.RawMessage) *string {
	if len(text) == 0 {
		return nil
	}
	s := string(text)
	return &s
}

// SetURLs replaces the addresses of an app, for a sandbox whose demo app has
// moved to another port.
func SetURLs(tx *db.Tx, slug string, appURL, receiveURL string, redirectURLs []string) error {
	_, err := tx.Exec(`UPDATE app SET app_url = $2, webhook_receive_url = $3, redirect_urls = $4, updated_ms = $5
		WHERE slug = $1 AND (app_url <> $2 OR webhook_receive_url <> $3 OR redirect_urls <> $4)`,
		slug, appURL, receiveURL, list(redirectURLs), tx.NowMS())
	return err
}

func clientSecretHash(tx *db.Tx, appID int64) (string, error) {
	return db.One(tx, db.Value[string], `SELECT client_secret_hash FROM app WHERE id = $1`, appID)
}

func sealedKey(tx *db.Tx, appID int64, column string) ([]byte, error) {
	return db.One(tx, db.Value[[]byte], `SELECT `+column+` FROM app WHERE id = $1`, appID)
}

func anySigningKey(tx *db.Tx) ([]byte, error) {
	return db.One(tx, db.Value[[]byte], `SELECT signing_key FROM app ORDER BY id LIMIT 1`)
}

func list(items []string) string {
	text, _ := json.Marshal(append([]string{}, items...)) // a list of strings always encodes
	return strings.TrimSpace(string(text))
}
