package sandbox

import (
	"fmt"
	"regexp"
	"strings"
	"time"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/catalog"
	"github.com/selorax/sandbox/platform/internal/db"
	"github.com/selorax/sandbox/platform/internal/sandbox/demo"
)

// The first ids of the seed. Product 150 is the one of the platform's own
// examples.
const (
	firstProduct = 150
	firstVariant = 1501
)

// good is a product of the demo catalogue.
type good struct {
	name     string
	picture  string // motif and palette
	category int64
	text     string
	kinds    []kind
}

// kind is a variant. Its picture is the product's unless it names one.
type kind struct {
	name    string
	taka    int64
	stock   int64
	grams   int64
	picture string
}

// unsold are products that the store does not offer at the moment.
var unsold = map[string]bool{"Pastel Bridal Bouquet": true, "Pocket Camera": true}

var notSlug = regexp.MustCompile(`[^a-z0-9]+`)

func slug(name string) string {
	return strings.Trim(notSlug.ReplaceAllString(strings.ToLower(name), "-"), "-")
}

// seedProducts adds the catalogue and returns it by store.
func seedProducts(tx *db.Tx, c calendar) (map[int64][]api.ProductDetail, error) {
	d := newDice(1)
	byStore := map[int64][]api.ProductDetail{}
	productID, variantID := int64(firstProduct), int64(firstVariant)
	for _, s := range demo.Stores() {
		if c.fills(s.StoreID) {
			if err := seedCategories(tx, c, s.StoreID); err != nil {
				return nil, err
			}
		}
		for n, g := range goods[s.StoreID] {
			p := g.product(d, c, s.StoreID, n)
			p.ProductID = productID
			productID++
			for i := range p.Variants {
				p.Variants[i].SKUID = variantID
				variantID++
			}
			if c.fills(s.StoreID) {
				if err := catalog.Insert(tx, p); err != nil {
					return nil, err
				}
			}
			byStore[s.StoreID] = append(byStore[s.StoreID], p)
		}
	}
	return byStore, nil
}

func seedCategories(tx *db.Tx, c calendar, storeID int64) error {
	made := stamp(c.ago(300, 10*time.Hour))
	for id, name := range categories[storeID] {
		err := catalog.InsertCategory(tx, api.Category{
			CategoryID: id, StoreID: storeID, Name: name, Slug: slug(name), CreatedAt: made, UpdatedAt: made,
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// product makes the n-th product of a store.
func (g good) product(d dice, c calendar, storeID int64, n int) api.ProductDetail {
	short, html := g.text, "<p>"+g.text+"</p>"
	p := api.ProductDetail{
		Product: api.Product{
			StoreID: storeID, Name: g.name, Slug: slug(g.name), CategoryID: &g.category, IsActive: api.Flag(!unsold[g.name]), IsVisible: api.Flag(!unsold[g.name]),
			CreatedAt: stamp(c.ago(60+d.IntN(200), d.between(9*time.Hour, 18*time.Hour))),
			UpdatedAt: stamp(c.ago(1+d.IntN(29), d.between(9*time.Hour, 18*time.Hour))),
		},
		Description: &html, ShortDescription: &short, IsFeatured: n < 4, IsBestseller: n%5 == 0,
	}
	for i, k := range g.kinds {
		p.Variants = append(p.Variants, k.variant(g, fmt.Sprintf("%d-%02d%c", storeID, n+1, 'A'+i), i == 0))
	}
	return p
}

func (k kind) variant(g good, code string, isDefault bool) api.Variant {
	picture := k.picture
	if picture == "" {
		picture = g.picture
	}
	key, kilograms := "products/"+picture+".svg", float64(k.grams)/1000
	v := api.Variant{
		VariantName: k.name, SKUCode: code, Price: taka(k.taka), Available: true, Quantity: k.stock,
		IsDefault: api.Flag(isDefault), Images: &key, Weight: &kilograms,
	}
	if k.taka >= 1000 && k.stock > 20 { // what there is much of is on offer
		before := v.Price + v.Price/10
		v.CompareAtPrice = &before
	}
	return v
}

// taka makes an amount of whole taka.
func taka(n int64) api.Money { return api.Money(n * 100) }
