package catalog

import (
	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/db"
	"github.com/selorax/sandbox/platform/internal/problem"
)

// maxDepth is how many categories may stand within each other.
const maxDepth = 10

func getCategory(tx *db.Tx, storeID, categoryID int64) (api.Category, error) {
	c, err := category(tx, storeID, categoryID)
	if db.IsNone(err) {
		return c, problem.NotFound("category", categoryID)
	}
	return c, err
}

// createCategory adds a category to a store.
func (s *Service) createCategory(tx *db.Tx, storeID int64, in api.CategoryInput) (api.Category, error) {
	now := api.Time{Time: tx.Now}
	c := api.Category{StoreID: storeID, CreatedAt: now, UpdatedAt: now}
	if err := lock(tx, storeID); err != nil {
		return c, err
	}
	if err := settleCategory(tx, in, &c); err != nil {
		return c, err
	}
	var err error
	c.CategoryID, err = addCategory(tx, c)
	return c, err
}

// updateCategory changes the fields of a category that are given.
func (s *Service) updateCategory(tx *db.Tx, storeID, categoryID int64, in api.CategoryInput) (api.Category, error) {
	if err := lock(tx, storeID); err != nil {
		return api.Category{}, err
	}
	c, err := getCategory(tx, storeID, categoryID)
	if err != nil {
		return c, err
	}
	if err := settleCategory(tx, in, &c); err != nil {
		return c, err
	}
	c.UpdatedAt = api.Time{Time: tx.Now}
	return c, replaceCategory(tx, c)
}

// settleCategory puts the given fields into a category and checks them.
func settleCategory(tx *db.Tx, in api.CategoryInput, into *api.Category) error {
	var c complaints
	putName(&c, "name", in.Name, &into.Name)
	putSlug(&c, in.Slug, &into.Slug)
	in.ParentID.IntoNullable(&into.ParentID)
	if in.ParentID.Value != nil {
		if err := checkParent(tx, &c, *into); err != nil {
			return err
		}
	}
	if err := c.err(); err != nil {
		return err
	}
	if into.Slug == "" {
		var err error
		into.Slug, err = free(slugOf(into.Name, "category"), func(slug string) (bool, error) {
			_, err := bySlug(tx, "category", into.StoreID, slug)
			return taken(err)
		})
		return err
	}
	other, err := bySlug(tx, "category", into.StoreID, into.Slug)
	if err == nil && other != into.CategoryID {
		return problem.Conflict("The slug %s belongs to category %d. Choose another, or leave it out.", into.Slug, other)
	}
	_, err = taken(err)
	return err
}

// checkParent walks up from a category's parent, which must exist and must not
// stand within the category.
func checkParent(tx *db.Tx, c *complaints, of api.Category) error {
	parent := of.ParentID
	for depth := 1; parent != nil; depth++ {
		above, err := category(tx, of.StoreID, *parent)
		switch {
		case db.IsNone(err):
			c.require(false, "parent_id", "must be a category of this store; there is no category %d", *parent)
			return nil
		case err != nil:
			return err
		case above.CategoryID == of.CategoryID:
			c.require(false, "parent_id", "must not be the category itself or one within it")
			return nil
		case depth == maxDepth:
			c.require(false, "parent_id", "must not lie more than %d categories deep", maxDepth)
			return nil
		}
		parent = above.ParentID
	}
	return nil
}

// removeCategory deletes a category that nothing is in.
func (s *Service) removeCategory(tx *db.Tx, storeID, categoryID int64) (api.Deleted, error) {
	if err := lock(tx, storeID); err != nil {
		return api.Deleted{}, err
	}
	if _, err := getCategory(tx, storeID, categoryID); err != nil {
		return api.Deleted{}, err
	}
	products, err := productsIn(tx, categoryID)
	if err != nil {
		return api.Deleted{}, err
	}
	within, err := categoriesIn(tx, categoryID)
	if err != nil {
		return api.Deleted{}, err
	}
	if products+within > 0 {
		return api.Deleted{}, problem.Conflict("The category has %d products and %d categories in it. Move them first.", products, within)
	}
	return api.Deleted{ID: categoryID}, deleteCategory(tx, categoryID)
}
