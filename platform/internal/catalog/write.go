package catalog

import (
	"fmt"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/db"
	"github.com/selorax/sandbox/platform/internal/problem"
)

// Create adds a product with its variants to a store.
func (s *Service) Create(tx *db.Tx, storeID int64, in api.NewProduct) (api.ProductDetail, error) {
	now := api.Time{Time: tx.Now}
	p := api.ProductDetail{Product: api.Product{StoreID: storeID, IsActive: true, IsVisible: true, CreatedAt: now, UpdatedAt: now}}
	if err := lock(tx, storeID); err != nil {
		return p, err
	}
	var c complaints
	applyProduct(&c, in.ProductUpdate, &p)
	if err := s.newVariants(tx, &c, in.Variants, &p); err != nil {
		return p, err
	}
	if err := settle(tx, &c, &p); err != nil {
		return p, err
	}
	var err error
	if p.ProductID, err = addProduct(tx, p); err != nil {
		return p, err
	}
	for n, v := range p.Variants {
		v.ProductID = p.ProductID
		if err := add(tx, storeID, v); err != nil {
			return p, inside(err, fmt.Sprintf("variants[%d]", n))
		}
	}
	return s.told(tx, api.TopicProductCreated, storeID, p.ProductID)
}

// newVariants checks the variants of a new product and settles which of them
// is the default.
func (s *Service) newVariants(tx *db.Tx, c *complaints, list []api.VariantUpdate, p *api.ProductDetail) error {
	c.require(len(list) >= 1 && len(list) <= maxVariants, "variants", "must have 1 to %d variants", maxVariants)
	defaults := 0
	for n, in := range list[:min(len(list), maxVariants)] {
		c.prefix = fmt.Sprintf("variants[%d].", n)
		v, err := s.newVariant(tx, c, in, p.StoreID, n)
		if err != nil {
			return err
		}
		if v.IsDefault {
			defaults++
		}
		p.Variants = append(p.Variants, v)
	}
	c.prefix = ""
	c.require(defaults <= 1, "variants", "must have one default; %d have is_default 1", defaults)
	if defaults == 0 && len(p.Variants) > 0 {
		p.Variants[0].IsDefault = true
	}
	return nil
}

// Update changes the fields of a product that are given.
func (s *Service) Update(tx *db.Tx, storeID, productID int64, in api.ProductUpdate) (api.ProductDetail, error) {
	if err := lock(tx, storeID); err != nil {
		return api.ProductDetail{}, err
	}
	p, err := get(tx, storeID, productID)
	if err != nil {
		return p, err
	}
	var c complaints
	applyProduct(&c, in, &p)
	if err := settle(tx, &c, &p); err != nil {
		return p, err
	}
	p.UpdatedAt = api.Time{Time: tx.Now}
	if err := replaceProduct(tx, p); err != nil {
		return p, err
	}
	return s.told(tx, api.TopicProductUpdated, storeID, productID)
}

// settle checks what only the store's other records can tell: that the
// category exists and the slug is free.
func settle(tx *db.Tx, c *complaints, p *api.ProductDetail) error {
	if p.CategoryID != nil {
		_, err := category(tx, p.StoreID, *p.CategoryID)
		if err != nil && !db.IsNone(err) {
			return err
		}
		c.require(err == nil, "category_id", "must be a category of this store; there is no category %d", *p.CategoryID)
	}
	if err := c.err(); err != nil {
		return err
	}
	if p.Slug == "" {
		var err error
		p.Slug, err = free(slugOf(p.Name, "product"), func(slug string) (bool, error) {
			_, err := bySlug(tx, "product", p.StoreID, slug)
			return taken(err)
		})
		return err
	}
	other, err := bySlug(tx, "product", p.StoreID, p.Slug)
	if err == nil && other != p.ProductID {
		return problem.Conflict("The slug %s belongs to product %d. Choose another, or leave it out.", p.Slug, other)
	}
	_, err = taken(err)
	return err
}

// taken reports what a search for the holder of a value found.
func taken(err error) (bool, error) {
	if db.IsNone(err) {
		return false, nil
	}
	return err == nil, err
}

// Remove takes a product and its variants out of the store.
func (s *Service) Remove(tx *db.Tx, storeID, productID int64) (api.Deleted, error) {
	if err := lock(tx, storeID); err != nil {
		return api.Deleted{}, err
	}
	p, err := s.shown(tx, storeID, productID)
	if err != nil {
		return api.Deleted{}, err
	}
	if err := markProductDeleted(tx, productID); err != nil {
		return api.Deleted{}, err
	}
	return api.Deleted{ID: productID}, s.tell(tx, api.TopicProductDeleted, p)
}

// told records an event of a product that was written and returns it.
func (s *Service) told(tx *db.Tx, topic string, storeID, productID int64) (api.ProductDetail, error) {
	p, err := s.shown(tx, storeID, productID)
	if err != nil {
		return p, err
	}
	return p, s.tell(tx, topic, p)
}
