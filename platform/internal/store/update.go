package store

import (
	"fmt"
	"net/mail"
	"net/url"
	"regexp"
	"strings"
	"unicode/utf8"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/db"
	"github.com/selorax/sandbox/platform/internal/problem"
)

// Bounds, in characters.
const (
	maxName    = 255
	maxAddress = 500
	maxURL     = 2000
)

var (
	domains   = regexp.MustCompile(`^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$`)
	languages = regexp.MustCompile(`^[a-z]{2}$`)
	phones    = regexp.MustCompile(`^\+?[0-9][0-9 -]{4,18}[0-9]$`)
)

// update changes the fields of a store that are given.
func update(tx *db.Tx, storeID int64, in api.StoreUpdate) (api.Store, error) {
	if err := tx.Exclusive(fmt.Sprintf("store %d", storeID)); err != nil { // between the read and the write
		return api.Store{}, err
	}
	s, err := Get(tx, storeID)
	if err != nil {
		return s, err
	}
	in.Name.Into(&s.Name)
	in.Email.Into(&s.Email)
	in.Phone.Into(&s.Phone)
	in.Currency.Into(&s.Currency)
	in.Image.IntoNullable(&s.Image)
	in.Address.IntoNullable(&s.Address)
	in.Domain.Into(&s.Domain)
	in.Language.Into(&s.Language)
	s.Name, s.Domain = strings.TrimSpace(s.Name), strings.ToLower(strings.TrimSpace(s.Domain))
	s.UpdatedAt = api.Time{Time: tx.Now}
	if err := check(s, in); err != nil {
		return s, err
	}
	return s, replace(tx, s)
}

// check says what is wrong with the fields that were given.
func check(s api.Store, in api.StoreUpdate) error {
	var bad []api.FieldError
	require := func(given, ok bool, field, message string) {
		if given && !ok {
			bad = append(bad, api.FieldError{Field: field, Message: message})
		}
	}
	a, err := mail.ParseAddress(s.Email)
	require(in.Name.Given, s.Name != "" && utf8.RuneCountInString(s.Name) <= maxName, "name", "must have 1 to 255 characters")
	require(in.Email.Given, err == nil && a.Address == s.Email, "email", "must be an email address such as hello@floristbd.com")
	require(in.Phone.Given, phones.MatchString(s.Phone), "phone", "must be a phone number such as 01700000000")
	require(in.Currency.Given, s.Currency == api.CurrencyBDT, "currency", "must be BDT")
	require(in.Image.Given, s.Image == nil || isURL(*s.Image), "image", "must be an http or https URL of at most 2000 characters, or null")
	require(in.Address.Given, s.Address == nil || utf8.RuneCountInString(*s.Address) <= maxAddress, "address", "must have at most 500 characters")
	require(in.Domain.Given, domains.MatchString(s.Domain) && len(s.Domain) <= 253, "domain", "must be a host name such as floristbd.com")
	require(in.Language.Given, languages.MatchString(s.Language), "language", "must be two letters such as en or bn")
	if bad != nil {
		return problem.Validation(bad...)
	}
	return nil
}

func isURL(text string) bool {
	u, err := url.Parse(text)
	return err == nil && len(text) <= maxURL && u.Host != "" && (u.Scheme == "http" || u.Scheme == "https")
}
