package app

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/selorax/sandbox/platform/internal/db"
	"github.com/selorax/sandbox/platform/internal/problem"
)

// slugs are 2 to 63 characters.
var slugs = regexp.MustCompile(`^[a-z0-9][a-z0-9-]{0,61}[a-z0-9]$`)

const maxDerivedSlug = 50

// reservedSlugs are words of the platform's own addresses.
var reservedSlugs = []string{
	"admin", "api", "app", "apps", "billing", "custom", "development", "extensions", "installations", "marketplace", "new",
	"oauth", "review", "scopes", "selorax", "session", "settings", "v1", "webhooks",
}

// slugOf makes a slug of a name: "Order Notes!" is "order-notes". A name
// without Latin letters and digits gives "my".
func slugOf(name string) string {
	words := strings.FieldsFunc(strings.ToLower(name), func(r rune) bool { return (r < 'a' || r > 'z') && (r < '0' || r > '9') })
	slug := strings.Join(words, "-")
	if len(slug) > maxDerivedSlug {
		slug = strings.TrimRight(slug[:maxDerivedSlug], "-")
	}
	if slug == "" {
		slug = "my"
	}
	if len(slug) == 1 || slices.Contains(reservedSlugs, slug) {
		slug += "-app"
	}
	return slug
}

// freeSlug returns the slug, with a number behind it when others have it. It
// keeps the slugs as they are until the transaction ends.
func freeSlug(tx *db.Tx, slug string) (string, error) {
	if err := tx.Exclusive("app slugs"); err != nil {
		return "", err
	}
	for n, candidate := 2, slug; ; n++ {
		taken, err := slugTaken(tx, candidate)
		if err != nil || !taken {
			return candidate, err
		}
		candidate = slug + "-" + strconv.Itoa(n)
	}
}

// claimSlug refuses a slug that another app has or had.
func claimSlug(tx *db.Tx, slug string) error {
	free, err := freeSlug(tx, slug)
	if err == nil && free != slug {
		err = problem.Conflict("The slug %s is taken; %s is free.", slug, free)
	}
	return err
}

func slugTaken(tx *db.Tx, slug string) (bool, error) {
	n, err := db.One(tx, db.Value[int], `SELECT COUNT(*) FROM app WHERE slug = $1`, slug)
	return n > 0, err
}
