package catalog

import (
	"errors"
	"fmt"
	"slices"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/db"
	"github.com/selorax/sandbox/platform/internal/problem"
)

// newVariant checks a variant that is to be added at a position.
func (s *Service) newVariant(tx *db.Tx, c *complaints, in api.VariantUpdate, storeID int64, position int) (api.Variant, error) {
	v := api.Variant{VariantName: "Default", Available: true, Position: position}
	c.require(in.Price.Given, "price", "is required")
	applyVariant(c, in, &v)
	err := s.applyImages(tx, c, storeID, in.Images, &v)
	return v, err
}

// add writes a new variant, under a code made up for it unless it has one.
func add(tx *db.Tx, storeID int64, v api.Variant) error {
	if v.SKUCode == "" {
		var err error
		v.SKUCode, err = free(fmt.Sprintf("P%d-%d", v.ProductID, v.Position+1), func(code string) (bool, error) {
			_, err := bySKUCode(tx, storeID, code)
			return taken(err)
		})
		if err != nil {
			return err
		}
	} else if err := checkSKUCode(tx, storeID, v); err != nil {
		return err
	}
	return addVariant(tx, storeID, v)
}

func checkSKUCode(tx *db.Tx, storeID int64, v api.Variant) error {
	other, err := bySKUCode(tx, storeID, v.SKUCode)
	if err == nil && other.SKUID != v.SKUID {
		return problem.Conflict("The sku_code %s belongs to variant %d of product %d. Choose another, or leave it out.", v.SKUCode, other.SKUID, other.ProductID)
	}
	_, err = taken(err)
	return err
}

// inside says in which part of a request a conflict lies.
func inside(err error, place string) error {
	var p *problem.Problem
	if errors.As(err, &p) {
		return problem.New(p.Status, p.Code, "%s: %s", place, p.Message)
	}
	return err
}

// createVariant adds a variant at the end of a product's.
func (s *Service) createVariant(tx *db.Tx, storeID, productID int64, in api.VariantUpdate) (v api.Variant, err error) {
	p, err := s.open(tx, storeID, productID)
	if err != nil {
		return v, err
	}
	if len(p.Variants) >= maxVariants {
		return v, problem.Conflict("The product has %d variants, which is the most.", maxVariants)
	}
	last := 0
	for _, other := range p.Variants {
		last = max(last, other.Position)
	}
	var c complaints
	v, err = s.newVariant(tx, &c, in, storeID, min(last+1, maxPosition))
	if err != nil {
		return v, err
	}
	if err := c.err(); err != nil {
		return v, err
	}
	v.ProductID = productID
	if v.IsDefault {
		if err := clearDefault(tx, productID); err != nil {
			return v, err
		}
	}
	if err := add(tx, storeID, v); err != nil {
		return v, err
	}
	if p, err = s.changed(tx, storeID, productID); err != nil {
		return v, err
	}
	newest := slices.MaxFunc(p.Variants, func(a, b api.Variant) int { return int(a.SKUID - b.SKUID) })
	return newest, nil
}

// updateVariant changes the fields of a variant that are given.
func (s *Service) updateVariant(tx *db.Tx, storeID, productID, skuID int64, in api.VariantUpdate) (v api.Variant, err error) {
	p, err := s.open(tx, storeID, productID)
	if err != nil {
		return v, err
	}
	if v, err = hold(tx, storeID, productID, skuID); err != nil {
		return v, err
	}
	before := v
	var c complaints
	applyVariant(&c, in, &v)
	c.require(bool(v.IsDefault || !before.IsDefault), "is_default", "cannot be taken away; make another variant the default")
	if err := s.applyImages(tx, &c, storeID, in.Images, &v); err != nil {
		return v, err
	}
	if err := c.err(); err != nil {
		return v, err
	}
	if err := checkSKUCode(tx, storeID, v); err != nil {
		return v, err
	}
	if v.IsDefault && !before.IsDefault {
		if err := clearDefault(tx, productID); err != nil {
			return v, err
		}
	}
	if err := replaceVariant(tx, v); err != nil {
		return v, err
	}
	if p, err = s.changed(tx, storeID, productID); err != nil {
		return v, err
	}
	if v.Quantity != before.Quantity {
		err = tellStock(tx, s.Events, p.Product, v, v.Quantity-before.Quantity, api.StockVariantUpdated)
	}
	v.Images = images(s.PublicURL, v.Images)
	return v, err
}

// removeVariant takes a variant out of its product. When it was the default,
// the first of the others becomes it.
func (s *Service) removeVariant(tx *db.Tx, storeID, productID, skuID int64) (api.Deleted, error) {
	p, err := s.open(tx, storeID, productID)
	if err != nil {
		return api.Deleted{}, err
	}
	v, err := hold(tx, storeID, productID, skuID)
	if err != nil {
		return api.Deleted{}, err
	}
	if len(p.Variants) == 1 {
		return api.Deleted{}, problem.Conflict("A product needs at least one variant. Add another first, or delete the product.")
	}
	if err := markVariantDeleted(tx, skuID); err != nil {
		return api.Deleted{}, err
	}
	if v.IsDefault {
		if err := promote(tx, productID); err != nil {
			return api.Deleted{}, err
		}
	}
	_, err = s.changed(tx, storeID, productID)
	return api.Deleted{ID: skuID}, err
}

// open returns a product whose variants are to be changed.
func (s *Service) open(tx *db.Tx, storeID, productID int64) (api.ProductDetail, error) {
	if err := lock(tx, storeID); err != nil {
		return api.ProductDetail{}, err
	}
	return get(tx, storeID, productID)
}

// changed records that a product's variants were changed.
func (s *Service) changed(tx *db.Tx, storeID, productID int64) (api.ProductDetail, error) {
	if err := touch(tx, productID); err != nil {
		return api.ProductDetail{}, err
	}
	return s.told(tx, api.TopicProductUpdated, storeID, productID)
}
