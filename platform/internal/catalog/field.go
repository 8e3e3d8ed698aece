package catalog

import (
	"fmt"
	"math"
	"regexp"
	"strings"
	"unicode/utf8"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/problem"
)

// Bounds of the fields, texts in characters.
const (
	maxName        = 255
	maxDescription = 64 << 10 // bytes
	maxShort       = 1000
	maxVariants    = 100
	maxQuantity    = 1_000_000_000
	maxPosition    = 1_000_000
	maxKilograms   = 10_000
	maxAmount      = api.Money(10_000_000_00)
)

var (
	slugs    = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)
	skuCodes = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9 ._/#+-]{0,63}$`)
	notSlug  = regexp.MustCompile(`[^a-z0-9]+`)
)

// complaints collects what is wrong with a request. Its prefix names the
// object that is looked at, as "variants[1].".
type complaints struct {
	prefix string
	fields []api.FieldError
}

func (c *complaints) require(ok bool, field, format string, args ...any) {
	if !ok {
		c.fields = append(c.fields, api.FieldError{Field: c.prefix + field, Message: fmt.Sprintf(format, args...)})
	}
}

// err returns the complaints as one validation_error, or nil.
func (c *complaints) err() error {
	if c.fields == nil {
		return nil
	}
	return problem.Validation(c.fields...)
}

// put makes a change to a field that cannot be empty.
func put[T any](c *complaints, field string, change api.Change[T], into *T) {
	if change.Given && change.Value == nil {
		c.require(false, field, "must not be null")
		return
	}
	change.Into(into)
}

// putName makes a change to a name and checks what it is then.
func putName(c *complaints, field string, change api.Change[string], into *string) {
	put(c, field, change, into)
	*into = strings.TrimSpace(*into)
	n := utf8.RuneCountInString(*into)
	c.require(n >= 1 && n <= maxName || change.Given && change.Value == nil, field, "must have 1 to %d characters", maxName)
}

// putSlug makes a change to a slug. One that is not given may be empty still.
func putSlug(c *complaints, change api.Change[string], into *string) {
	put(c, "slug", change, into)
	if change.Value != nil {
		c.require(len(*into) <= maxName && slugs.MatchString(*into), "slug",
			"must have 1 to %d lower-case letters and digits, joined by single hyphens", maxName)
	}
}

// slugOf makes a slug of a name; fallback is for names without a Latin letter
// or digit.
func slugOf(name, fallback string) string {
	slug := strings.Trim(notSlug.ReplaceAllString(strings.ToLower(name), "-"), "-")
	if slug == "" {
		return fallback
	}
	return slug
}

// free returns the first of text, text-2, text-3… that is not taken.
func free(text string, taken func(string) (bool, error)) (string, error) {
	for n, candidate := 2, text; ; n++ {
		if is, err := taken(candidate); err != nil || !is {
			return candidate, err
		}
		candidate = fmt.Sprintf("%s-%d", text, n)
	}
}

// applyProduct puts the given fields into a product and checks them.
func applyProduct(c *complaints, in api.ProductUpdate, p *api.ProductDetail) {
	putName(c, "name", in.Name, &p.Name)
	putSlug(c, in.Slug, &p.Slug)
	in.CategoryID.IntoNullable(&p.CategoryID)
	in.BrandID.IntoNullable(&p.BrandID)
	c.require(p.BrandID == nil || *p.BrandID >= 1, "brand_id", "must be an id, a whole number of at least 1")
	in.Description.IntoNullable(&p.Description)
	c.require(p.Description == nil || len(*p.Description) <= maxDescription, "description", "must have at most %d bytes", maxDescription)
	in.ShortDescription.IntoNullable(&p.ShortDescription)
	c.require(p.ShortDescription == nil || utf8.RuneCountInString(*p.ShortDescription) <= maxShort,
		"short_description", "must have at most %d characters", maxShort)
	put(c, "is_active", in.IsActive, &p.IsActive)
	put(c, "is_visible", in.IsVisible, &p.IsVisible)
	put(c, "is_featured", in.IsFeatured, &p.IsFeatured)
	put(c, "is_bestseller", in.IsBestseller, &p.IsBestseller)
}

// applyVariant puts the given fields into a variant and checks them; its
// images are left to the store.
func applyVariant(c *complaints, in api.VariantUpdate, v *api.Variant) {
	putName(c, "variant_name", in.VariantName, &v.VariantName)
	put(c, "sku_code", in.SKUCode, &v.SKUCode)
	c.require(in.SKUCode.Value == nil || skuCodes.MatchString(v.SKUCode), "sku_code",
		"must have 1 to 64 letters, digits, spaces or . _ / # + - and begin with a letter or digit")
	put(c, "price", in.Price, &v.Price)
	c.require(v.Price >= 0 && v.Price <= maxAmount, "price", "must be between 0 and %s", maxAmount)
	in.CompareAtPrice.IntoNullable(&v.CompareAtPrice)
	c.require(v.CompareAtPrice == nil || *v.CompareAtPrice >= 0 && *v.CompareAtPrice <= maxAmount,
		"compare_at_price", "must be between 0 and %s", maxAmount)
	put(c, "available", in.Available, &v.Available)
	put(c, "quantity", in.Quantity, &v.Quantity)
	c.require(v.Quantity >= 0 && v.Quantity <= maxQuantity, "quantity", "must be a whole number from 0 to %d", maxQuantity)
	put(c, "is_default", in.IsDefault, &v.IsDefault)
	in.Weight.IntoNullable(&v.Weight)
	c.require(v.Weight == nil || weighs(*v.Weight), "weight", "must be between 0 and %d kilograms, in whole grams", maxKilograms)
	put(c, "position", in.Position, &v.Position)
	c.require(v.Position >= 0 && v.Position <= maxPosition, "position", "must be a whole number from 0 to %d", maxPosition)
	put(c, "free_shipping", in.FreeShipping, &v.FreeShipping)
}

// weighs reports whether a weight in kilograms can be kept, which is in grams.
func weighs(kilograms float64) bool {
	grams := kilograms * 1000
	return kilograms >= 0 && kilograms <= maxKilograms && math.Abs(grams-math.Round(grams)) < 1e-6
}
