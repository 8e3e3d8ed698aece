package page

import (
	"html/template"
	"strconv"
	"time"

	"github.com/selorax/sandbox/platform/api"
)

// Discount is how a discount's state is shown. Whether its time has come is
// not part of it: the platform decides that by its own clock.
func Discount(d api.Discount) Status {
	switch {
	case !bool(d.IsActive):
		return Status{Name: "off", Label: "Off", Icon: "pause"}
	case d.TotalUse != nil && d.UsedCount >= *d.TotalUse:
		return Status{Name: "used", Label: "Used up", Icon: "check", Tone: "warning"}
	}
	return Status{Name: "on", Label: "On", Icon: "check-circle", Tone: "success"}
}

// off says what a discount takes off.
func off(d api.Discount) template.HTML {
	switch {
	case bool(d.IsAmount):
		return money(d.Amount)
	case d.Percentage > 0:
		return template.HTML(strconv.FormatFloat(d.Percentage, 'f', -1, 64) + "\u00a0%")
	}
	return "Free shipping"
}

// Layouts of the time fields of forms; browsers leave out seconds that are 0.
const (
	toMinutes = "2006-01-02T15:04"
	toSeconds = "2006-01-02T15:04:05"
)

// FormTime writes an instant for a field of a form, in the stores' time; nil
// is empty.
func FormTime(t *api.Time) string {
	switch {
	case t == nil:
		return ""
	case t.Second() == 0:
		return t.In(dhaka).Format(toMinutes)
	}
	return t.In(dhaka).Format(toSeconds)
}

// ParseFormTime reads what such a field sends.
func ParseFormTime(text string) (api.Time, error) {
	t, err := time.ParseInLocation(toMinutes, text, dhaka)
	if err != nil {
		t, err = time.ParseInLocation(toSeconds, text, dhaka)
	}
	return api.Time{Time: t.UTC()}, err
}
