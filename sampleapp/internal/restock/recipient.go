package restock

import (
	"net/mail"
	"regexp"
	"strings"

	"github.com/selorax/sandbox/sampleapp/selorax"
)

// phone is a Bangladeshi mobile number as people write it.
var phone = regexp.MustCompile(`^(?:\+?880|0)(1[3-9]\d{8})$`)

// recipient reads where somebody wants to be told, and by which channel that
// goes. The same number written in two ways is one recipient.
func recipient(text string) (channel, address string, err error) {
	text = strings.TrimSpace(text)
	if digits := phone.FindStringSubmatch(strings.NewReplacer(" ", "", "-", "").Replace(text)); digits != nil {
		return selorax.SMS, "0" + digits[1], nil
	}
	parsed, err := mail.ParseAddress(text)
	if err != nil || parsed.Address != text || len(text) > 254 {
		return "", "", errBadRecipient
	}
	return selorax.Email, strings.ToLower(text), nil
}

// recipientsOf are the addresses of a customer, as they stand in our rows.
func recipientsOf(texts ...string) (addresses []string) {
	for _, text := range texts {
		if _, address, err := recipient(text); err == nil {
			addresses = append(addresses, address)
		}
	}
	return addresses
}
