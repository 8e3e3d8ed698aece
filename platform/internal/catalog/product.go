package catalog

import (
	"strings"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/db"
)

// Service serves the catalogue.
type Service struct {
	DB *db.DB
	// PublicURL is put in front of pictures that are keys.
	PublicURL string
}

// Insert adds a product with its variants, in their order, under the ids that
// they name. Images are keys ("products/bouquet-rose.svg") or URLs.
func Insert(tx *db.Tx, p api.ProductDetail) error {
	if err := insertProduct(tx, p); err != nil {
		return err
	}
	for n, v := range p.Variants {
		v.ProductID, v.Position = p.ProductID, n
		if err := insertVariant(tx, p.StoreID, v); err != nil {
			return err
		}
	}
	return nil
}

// Image returns the URL of a picture that is stored as a key. A URL stays as
// it is, since a product may show a picture from anywhere, and "" stays empty.
func Image(publicURL, key string) string {
	if key == "" || strings.HasPrefix(key, "http://") || strings.HasPrefix(key, "https://") {
		return key
	}
	return publicURL + "/media/" + key
}

// images does for a comma-separated list what Image does for one.
func images(publicURL string, keys *string) *string {
	if keys == nil {
		return nil
	}
	urls := strings.Split(*keys, ",")
	for n, key := range urls {
		urls[n] = Image(publicURL, strings.TrimSpace(key))
	}
	joined := strings.Join(urls, ",")
	return &joined
}
