package phone

import (
	"regexp"
	"strings"
)

// Rule says what a number must look like, for error messages.
const Rule = "must be a Bangladeshi mobile number such as 01712345678 or +8801712345678"

var mobile = regexp.MustCompile(`^(?:\+?880|0)(1[3-9][0-9]{8})$`)

// Normalize returns a number as stores keep it, "01712345678". Spaces, hyphens
// and brackets between the digits do not matter; false means it is not a mobile number.
func Normalize(text string) (string, bool) {
	m := mobile.FindStringSubmatch(punctuation.Replace(text))
	if m == nil {
		return "", false
	}
	return "0" + m[1], true
}

// International returns a normalized number as networks write it,
// "+8801712345678".
func International(number string) string { return "+88" + number }

var punctuation = strings.NewReplacer(" ", "", "-", "", "(", "", ")", "")
