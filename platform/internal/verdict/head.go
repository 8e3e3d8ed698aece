package verdict

import (
	"fmt"
	"strconv"

	"github.com/selorax/sandbox/platform/api"
)

// headForm is what stands before the body.
type headForm int

const (
	headTime headForm = iota
	headIDTime
	headNone
	headID
	headNoDot
	headForms // how many
)

// hasTime reports whether a timestamp is part of it.
func (f headForm) hasTime() bool { return f != headNone && f != headID }

func (f headForm) of(eventID, timestamp string) string {
	switch f {
	case headTime:
		return timestamp + "."
	case headIDTime:
		return eventID + "." + timestamp + "."
	case headID:
		return eventID + "."
	case headNoDot:
		return timestamp
	}
	return ""
}

// mistake is the one of using a form where a scheme wants another.
func (f headForm) mistake(want headForm) api.SignatureMistake {
	m := api.SignatureMistake{Fix: "Sign the text of X-SeloraX-Timestamp, a dot, and the body."}
	if want == headIDTime {
		m.Fix = "Sign Webhook-Id, a dot, Webhook-Timestamp, a dot, and the body."
	}
	switch f {
	case headNone:
		m.Code, m.Found = "timestamp_missing", "Only the body is signed."
	case headID:
		m.Code, m.Found = "timestamp_missing", "The timestamp is not signed."
	case headTime:
		m.Code, m.Found = "id_missing", "The id is not signed."
	case headIDTime:
		m.Code, m.Found = "id_added", "The id is signed too, as Standard Webhooks wants it; X-SeloraX-Signature does not."
	case headNoDot:
		m.Code, m.Found = "dot_missing", "There is no dot between the timestamp and the body."
	}
	return m
}

// stamp is a timestamp as an app may write it.
type stamp struct {
	text, code, found string // no code: the right one
}

func (s stamp) mistake() api.SignatureMistake {
	return api.SignatureMistake{Code: s.code, Found: s.found, Fix: "Take the timestamp from the header, character by character, and not from a clock or from the body."}
}

// stamps are those to try, the right one first.
func (c Case) stamps() []stamp {
	list := []stamp{
		{text: strconv.FormatInt(c.Timestamp, 10)},
		{strconv.FormatInt(c.Timestamp*1000, 10), "timestamp_milliseconds", "The timestamp is in milliseconds."},
	}
	for _, t := range c.Times {
		list = append(list, stamp{t.Text, "timestamp_other", "The timestamp is " + t.Name + "."})
	}
	return list
}

// nearby is how far from the right timestamp others are tried, in seconds: as
// far as a receiver accepts one.
const nearby = 300

// near are the timestamps around the right one.
func (c Case) near() (list []stamp) {
	for off := int64(1); off <= nearby; off++ {
		list = append(list, c.off(off, "later"), c.off(-off, "earlier"))
	}
	return list
}

func (c Case) off(by int64, which string) stamp {
	return stamp{strconv.FormatInt(c.Timestamp+by, 10), "timestamp_other",
		fmt.Sprintf("The timestamp is %d seconds %s than the one in the header, as when an app asks its own clock.", max(by, -by), which)}
}
