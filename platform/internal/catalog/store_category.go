package catalog

import (
	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/db"
)

const categoryColumns = `id, store_id, name, slug, parent_id, created_ms, updated_ms`

func scanCategory(r db.Row) (c api.Category, err error) {
	var created, updated int64
	err = r.Scan(&c.CategoryID, &c.StoreID, &c.Name, &c.Slug, &c.ParentID, &created, &updated)
	c.CreatedAt, c.UpdatedAt = api.At(created), api.At(updated)
	return c, err
}

func category(tx *db.Tx, storeID, id int64) (api.Category, error) {
	return db.One(tx, scanCategory, `SELECT `+categoryColumns+` FROM category WHERE id = $1 AND store_id = $2`, id, storeID)
}

// InsertCategory adds a category under the id that it names.
func InsertCategory(tx *db.Tx, c api.Category) error {
	_, err := tx.Exec(`INSERT INTO category (id, store_id, name, name_folded, slug, parent_id, created_ms, updated_ms)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
		c.CategoryID, c.StoreID, c.Name, fold(c.Name), c.Slug, c.ParentID, c.CreatedAt.UnixMilli(), c.UpdatedAt.UnixMilli())
	return err
}

func addCategory(tx *db.Tx, c api.Category) (int64, error) {
	return db.One(tx, db.Value[int64], `INSERT INTO category (store_id, name, name_folded, slug, parent_id, created_ms, updated_ms)
		VALUES ($1, $2, $3, $4, $5, $6, $7) RETURNING id`,
		c.StoreID, c.Name, fold(c.Name), c.Slug, c.ParentID, c.CreatedAt.UnixMilli(), c.UpdatedAt.UnixMilli())
}

func replaceCategory(tx *db.Tx, c api.Category) error {
	_, err := tx.Exec(`UPDATE category SET name = $2, name_folded = $3, slug = $4, parent_id = $5, updated_ms = $6 WHERE id = $1`,
		c.CategoryID, c.Name, fold(c.Name), c.Slug, c.ParentID, c.UpdatedAt.UnixMilli())
	return err
}

func deleteCategory(tx *db.Tx, id int64) error {
	_, err := tx.Exec(`DELETE FROM category WHERE id = $1`, id)
	return err
}

func productsIn(tx *db.Tx, categoryID int64) (int, error) {
	return db.One(tx, db.Value[int], `SELECT COUNT(*) FROM product WHERE category_id = $1 AND deleted_ms IS NULL`, categoryID)
}

func categoriesIn(tx *db.Tx, categoryID int64) (int, error) {
	return db.One(tx, db.Value[int], `SELECT COUNT(*) FROM category WHERE parent_id = $1`, categoryID)
}
