package page

import (
	"fmt"
	"html/template"
	"strconv"
	"strings"
	"time"

	"github.com/selorax/sandbox/platform/api"
)

// dhaka is the stores' time. Bangladesh has no daylight saving.
var dhaka = time.FixedZone("UTC+6", 6*60*60)

// money writes "৳ 1,460.00" with a no-break space.
func money(m api.Money) template.HTML {
	text, sign := m.String(), ""
	if strings.HasPrefix(text, "-") {
		text, sign = text[1:], "−"
	}
	whole, frac, _ := strings.Cut(text, ".")
	return template.HTML(`<span class="money">` + sign + "৳\u00a0" + thousands(whole) + "." + frac + `</span>`)
}

// group writes a whole number with its thousands apart.
func group(n int) string {
	if n < 0 {
		return "−" + thousands(strconv.Itoa(-n))
	}
	return thousands(strconv.Itoa(n))
}

func thousands(digits string) string {
	var out strings.Builder
	for n, d := range digits {
		if n > 0 && (len(digits)-n)%3 == 0 {
			out.WriteByte(',')
		}
		out.WriteRune(d)
	}
	return out.String()
}

// when writes an instant, api.Time or *api.Time, in the stores' time; what the
// API says stands in the title. A nil or zero one is a dash.
func when(v any) (template.HTML, error) { return timeElement(v, "2 Jan 2006, 15:04") }

// Instant writes an instant in the stores' time, for a sentence.
func Instant(t api.Time) string { return t.In(dhaka).Format("2 Jan 2006, 15:04") }

// day writes the day of an instant.
func day(v any) (template.HTML, error) { return timeElement(v, "2 Jan 2006") }

func timeElement(v any, layout string) (template.HTML, error) {
	var t api.Time
	switch v := v.(type) {
	case api.Time:
		t = v
	case *api.Time:
		if v != nil {
			t = *v
		}
	default:
		return "", fmt.Errorf("%T is not a time", v)
	}
	if t.IsZero() {
		return "–", nil
	}
	wire := t.UTC().Format(api.TimeLayout)
	return template.HTML(fmt.Sprintf(`<time datetime=%q title="%s">%s</time>`, wire, wire, t.In(dhaka).Format(layout))), nil
}
