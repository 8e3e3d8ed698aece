package restock

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"net/http"
	"strconv"

	"github.com/selorax/sandbox/sampleapp/selorax"
)

// Where settings are kept with the store, as a metafield: an uninstall deletes
// everything of ours, and a reinstall finds them there.
const (
	settingsNamespace = "restock"
	settingsKey       = "settings"
)

// maxThreshold bounds what a merchant may set.
const maxThreshold = 100_000

// settings are what a merchant has set.
type settings struct {
	Threshold    int64           `json:"threshold"`     // a variant with fewer pieces runs low
	Products     map[int64]int64 `json:"products"`      // the threshold of products that differ, by product_id
	TellMerchant bool            `json:"tell_merchant"` // by email, when a variant begins to run low
}

var defaults = settings{Threshold: 5, TellMerchant: true}

// of is the threshold of a product.
func (s settings) of(productID int64) int64 {
	if n, differs := s.Products[productID]; differs {
		return n
	}
	return s.Threshold
}

// low reports whether so many pieces of a product's variant are few. None is
// always few.
func (s settings) low(productID, quantity int64) bool { return quantity < max(s.of(productID), 1) }

// with returns settings in which a product has a threshold of its own; nil
// takes it away.
func (s settings) with(productID int64, threshold *int64) settings {
	products := map[int64]int64{}
	for id, n := range s.Products {
		products[id] = n
	}
	delete(products, productID)
	if threshold != nil && *threshold != s.Threshold {
		products[productID] = *threshold
	}
	s.Products = products
	return s
}

func (s settings) check() error {
	for _, n := range s.Products {
		if n < 0 || n > maxThreshold {
			return errBadThreshold
		}
	}
	if s.Threshold < 0 || s.Threshold > maxThreshold {
		return errBadThreshold
	}
	return nil
}

// settings returns what the store has set. After a reinstall that comes from
// the platform once.
func (a *App) settings(ctx context.Context, storeID int64) (s settings, err error) {
	err = a.write(ctx, func(tx *sql.Tx) error {
		s, err = readSettings(ctx, tx, storeID)
		return err
	})
	if !errors.Is(err, sql.ErrNoRows) {
		return s, err
	}
	s = defaults
	err = a.withToken(ctx, storeID, func(token string) error {
		kept, err := a.Platform.Metafields(ctx, token, "store", storeID)
		for _, m := range kept {
			if m.Namespace == settingsNamespace && m.Key == settingsKey {
				err = errors.Join(err, json.Unmarshal(m.Value, &s))
			}
		}
		return err
	})
	if selorax.IsForbidden(err) {
		return defaults, nil // the merchant agreed when the app asked for less
	}
	if err != nil {
		return s, err
	}
	err = a.write(ctx, func(tx *sql.Tx) error {
		// What was set while the platform was asked is newer than its answer.
		newer, err := readSettings(ctx, tx, storeID)
		if errors.Is(err, sql.ErrNoRows) {
			return writeSettings(ctx, tx, storeID, s)
		}
		s = newer
		return err
	})
	return s, err
}

// change has the merchant's settings changed. The platform's copy comes first:
// it is the one that lasts.
func (a *App) change(ctx context.Context, storeID int64, to func(settings) settings) (s settings, err error) {
	lock := a.setting.of(storeID)
	lock.Lock()
	defer lock.Unlock()
	if s, err = a.settings(ctx, storeID); err != nil {
		return s, err
	}
	s = to(s)
	if err := s.check(); err != nil {
		return s, err
	}
	text, err := json.Marshal(s)
	if err != nil {
		return s, err
	}
	err = a.withToken(ctx, storeID, func(token string) error {
		err := a.Platform.DefineMetafield(ctx, token, selorax.NewDefinition{
			Namespace: settingsNamespace, Key: settingsKey, ResourceType: "store", ValueType: "json", Name: "Settings of Restock",
		})
		if err != nil && !selorax.IsConflict(err) {
			return err
		}
		return a.Platform.SetMetafield(ctx, token, selorax.Metafield{
			ResourceType: "store", ResourceID: storeID, Namespace: settingsNamespace, Key: settingsKey, Value: text,
		})
	})
	if err != nil {
		return s, err
	}
	return s, a.write(ctx, func(tx *sql.Tx) error { return writeSettings(ctx, tx, storeID, s) })
}

// readSettings is sql.ErrNoRows for a store that was not asked for yet.
func readSettings(ctx context.Context, tx *sql.Tx, storeID int64) (s settings, err error) {
	var text string
	if err := tx.QueryRowContext(ctx, `SELECT settings FROM setting WHERE store_id = ?`, storeID).Scan(&text); err != nil {
		return s, err
	}
	return s, json.Unmarshal([]byte(text), &s)
}

// writeSettings keeps settings, unless the app was uninstalled meanwhile.
func writeSettings(ctx context.Context, tx *sql.Tx, storeID int64, s settings) error {
	text, err := json.Marshal(s)
	if err != nil {
		return err
	}
	changed, err := exec(ctx, tx, `INSERT INTO setting (store_id, generation, settings)
		SELECT store_id, granted_ms, ?2 FROM store WHERE store_id = ?1 AND uninstalled_ms IS NULL
		ON CONFLICT (store_id) DO UPDATE SET generation = excluded.generation, settings = ?2`, storeID, string(text))
	if err == nil && changed == 0 {
		err = ErrNotInstalled
	}
	return err
}

// setSettings takes the form of the page.
func (a *App) setSettings(r *http.Request, s selorax.Session) (any, error) {
	var in struct {
		Threshold    *int64 `json:"threshold"`
		TellMerchant *bool  `json:"tell_merchant"`
	}
	if json.NewDecoder(r.Body).Decode(&in) != nil || in.Threshold == nil || in.TellMerchant == nil {
		return nil, errBadThreshold
	}
	return a.change(r.Context(), s.StoreID, func(now settings) settings {
		now.Threshold, now.TellMerchant = *in.Threshold, *in.TellMerchant
		return now
	})
}

// setThreshold gives a product a threshold of its own; null takes it away.
func (a *App) setThreshold(r *http.Request, s selorax.Session) (any, error) {
	productID, err := strconv.ParseInt(r.PathValue("product_id"), 10, 64)
	if err != nil || productID < 1 {
		return nil, errBadInput
	}
	var in struct {
		Threshold *int64 `json:"threshold"`
	}
	if json.NewDecoder(r.Body).Decode(&in) != nil {
		return nil, errBadThreshold
	}
	return a.change(r.Context(), s.StoreID, func(now settings) settings { return now.with(productID, in.Threshold) })
}
