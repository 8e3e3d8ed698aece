package store

import (
	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/db"
)

const columns = `id, name, email, phone, currency, image, address, domain, language, created_ms, updated_ms`

func scan(r db.Row) (s api.Store, err error) {
	var created, updated int64
	err = r.Scan(&s.StoreID, &s.Name, &s.Email, &s.Phone, &s.Currency, &s.Image, &s.Address, &s.Domain, &s.Language, &created, &updated)
	s.CreatedAt, s.UpdatedAt = api.At(created), api.At(updated)
	return s, err
}

// Get returns a store, or db.ErrNoRows.
func Get(tx *db.Tx, id int64) (api.Store, error) {
	return db.One(tx, scan, `SELECT `+columns+` FROM store WHERE id = $1`, id)
}

// Refs names the stores, in the order given, for a list to choose from.
func Refs(tx *db.Tx, ids []int64) ([]api.StoreRef, error) {
	refs := make([]api.StoreRef, len(ids))
	for n, id := range ids {
		s, err := Get(tx, id)
		if err != nil {
			return nil, err
		}
		refs[n] = api.StoreRef{StoreID: s.StoreID, Name: s.Name, Domain: s.Domain, Image: s.Image}
	}
	return refs, nil
}

// Insert adds a store under the id it names.
func Insert(tx *db.Tx, s api.Store) error {
	_, err := tx.Exec(`INSERT INTO store (`+columns+`) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
		s.StoreID, s.Name, s.Email, s.Phone, s.Currency, s.Image, s.Address, s.Domain, s.Language,
		s.CreatedAt.UnixMilli(), s.UpdatedAt.UnixMilli())
	return err
}

func replace(tx *db.Tx, s api.Store) error {
	_, err := tx.Exec(`UPDATE store SET name = $2, email = $3, phone = $4, currency = $5, image = $6, address = $7, domain = $8,
		language = $9, updated_ms = $10 WHERE id = $1`,
		s.StoreID, s.Name, s.Email, s.Phone, s.Currency, s.Image, s.Address, s.Domain, s.Language, s.UpdatedAt.UnixMilli())
	return err
}
