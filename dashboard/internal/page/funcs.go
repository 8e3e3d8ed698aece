package page

import (
	"errors"
	"fmt"
	"html"
	"html/template"
	"regexp"
	"strings"
	"unicode/utf8"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/design"

	"github.com/selorax/sandbox/dashboard/internal/static"
)

func funcs(assets *static.Assets, platform string) template.FuncMap {
	return template.FuncMap{
		"asset":       assets.URL,
		"importmap":   assets.ImportMap,
		"icon":        design.Icon,
		"money":       money,
		"when":        when,
		"day":         day,
		"order":       orderStatus,
		"review":      ReviewStatus,
		"pricing":     Pricing,
		"delivery":    deliveryStatus,
		"charge":      chargeStatus,
		"per":         per,
		"approve":     ApproveLabel,
		"method":      Method,
		"kind":        ChargeKind,
		"percent":     percent,
		"whole":       func(n int64) int { return int(n) },
		"sum":         func(a, b api.Money) api.Money { return a + b },
		"privacy":     Privacy,
		"join":        And,
		"topic":       TopicLabel,
		"webhook":     Subscription,
		"headers":     Headers,
		"indent":      Indent,
		"initials":    initials,
		"count":       count,
		"group":       group,
		"pair":        pair,
		"channel":     Channel,
		"message":     messageStatus,
		"fault":       Fault,
		"discount":    Discount,
		"off":         off,
		"inspected":   Inspected,
		"verdict":     verdict,
		"verdicts":    verdictList,
		"wirename":    wireName,
		"size":        size,
		"moment":      moment,
		"wireheaders": wireHeaders,
		"faultwhen":   FaultWhen,
		"clockstatus": clockStatus,
		"firedkind":   FiredKind,
		"title":       title,
		"words":       words,
		"payment":     payment,
		"picture":     func(address string) string { return picture(platform, address) },
		"plain":       func(h template.HTML) string { return PlainText(string(h)) },
		"share":       share,
		"last":        func(all []api.DeliveryAttempt) api.DeliveryAttempt { return all[len(all)-1] },
		"good":        func(status *int) bool { return status != nil && *status/100 == 2 },
		"add":         func(a, b int) int { return a + b },
	}
}

// initials returns up to two letters that stand for a name.
func initials(name string) string {
	var out strings.Builder
	for n, word := range strings.Fields(name) {
		r, _ := utf8.DecodeRuneInString(word)
		if n < 2 {
			out.WriteRune(r)
		}
	}
	return strings.ToUpper(out.String())
}

// count writes a number with its noun, "1 order", "2 orders".
func count(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return group(n) + " " + noun + "s"
}

// pair passes named values to a template: pair "Label" "Orders" "Icon" "box".
func pair(values ...any) (map[string]any, error) {
	if len(values)%2 != 0 {
		return nil, errors.New("pair needs a value for each name")
	}
	out := map[string]any{}
	for n := 0; n < len(values); n += 2 {
		out[fmt.Sprint(values[n])] = values[n+1]
	}
	return out, nil
}

// title makes the first letter a capital.
func title(s string) string {
	if s == "" {
		return s
	}
	return strings.ToUpper(s[:1]) + s[1:]
}

// words writes a name of the API, "cash_on_delivery", as people do.
func words(name string) string { return title(strings.ReplaceAll(name, "_", " ")) }

var payments = map[string]string{"cod": "Cash on delivery", "bkash": "bKash", "nagad": "Nagad", "card": "Card"}

// payment is what a way to pay is called.
func payment(method string) string {
	if name, ok := payments[strings.ToLower(method)]; ok {
		return name
	}
	return words(method)
}

// picture is the address of a picture for the browser; one that is a path is
// on the platform.
func picture(platform, address string) string {
	if strings.HasPrefix(address, "/") {
		return platform + address
	}
	return address
}

// share is how many hundredths of whole a part is, at least one for a part
// that is not nothing.
func share(part, whole int) int {
	if part <= 0 || whole <= 0 {
		return 0
	}
	return max(1, part*100/whole)
}

// Count writes a number with its noun, as templates do.
func Count(n int, noun string) string { return count(n, noun) }

// markup is what a description's HTML is made of.
var markup = regexp.MustCompile(`<[^>]*>`)

// PlainText is HTML without its tags, for a place that shows text.
func PlainText(s string) string {
	return strings.Join(strings.Fields(html.UnescapeString(markup.ReplaceAllString(s, " "))), " ")
}
