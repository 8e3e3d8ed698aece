package api

import (
	"bytes"
	"database/sql/driver"
	"errors"
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"
)

// Money is an amount in minor units (poisha, 1/100 BDT). On the wire it is a
// JSON number with two decimals. It never passes through a float.
type Money int64

// ErrMoney is returned for a text that is not a decimal amount of at most two
// decimals within the range of Money.
var ErrMoney = errors.New("must be a number with at most two decimals")

// String formats the amount as a plain decimal, "1460.00".
func (m Money) String() string {
	sign, v := "", uint64(m)
	if m < 0 {
		sign, v = "-", uint64(-m)
	}
	return fmt.Sprintf("%s%d.%02d", sign, v/100, v%100)
}

// MarshalJSON writes the amount as a JSON number.
func (m Money) MarshalJSON() ([]byte, error) { return []byte(m.String()), nil }

// UnmarshalJSON reads a JSON number; a quoted string is refused.
func (m *Money) UnmarshalJSON(b []byte) error {
	if bytes.Equal(b, []byte("null")) {
		return nil
	}
	v, err := ParseMoney(string(b))
	if err == nil {
		*m = v
	}
	return err
}

// ParseMoney reads "12", "12.5" or "12.50" (optionally signed).
func ParseMoney(s string) (Money, error) {
	text, negative := strings.CutPrefix(s, "-")
	whole, frac, dotted := strings.Cut(text, ".")
	if whole == "" || len(frac) > 2 || (dotted && frac == "") || !digits(whole+frac) {
		return 0, ErrMoney
	}
	v, err := strconv.ParseInt(whole+(frac + "00")[:2], 10, 64)
	if err != nil || v == math.MinInt64 {
		return 0, ErrMoney
	}
	if negative {
		v = -v
	}
	return Money(v), nil
}

func digits(s string) bool {
	for _, c := range []byte(s) {
		if c < '0' || c > '9' {
			return false
		}
	}
	return true
}

// Time is an instant, on the wire ISO 8601 in UTC with milliseconds:
// "2025-06-15T10:30:00.000Z".
type Time struct{ time.Time }

// TimeLayout is the wire form of Time.
const TimeLayout = "2006-01-02T15:04:05.000Z"

// At makes a Time of a Unix time in milliseconds.
func At(ms int64) Time { return Time{time.UnixMilli(ms).UTC()} }

// AtOrNil makes a Time of a nullable Unix time in milliseconds.
func AtOrNil(ms *int64) *Time {
	if ms == nil {
		return nil
	}
	t := At(*ms)
	return &t
}

// MarshalJSON writes the wire form.
func (t Time) MarshalJSON() ([]byte, error) {
	return []byte(`"` + t.UTC().Format(TimeLayout) + `"`), nil
}

// UnmarshalJSON reads any RFC 3339 instant.
func (t *Time) UnmarshalJSON(b []byte) error {
	if bytes.Equal(b, []byte("null")) {
		return nil
	}
	v, err := time.Parse(`"`+time.RFC3339Nano+`"`, string(b))
	if err != nil {
		return errors.New("must be an ISO 8601 time such as 2025-06-15T10:30:00.000Z")
	}
	t.Time = v.UTC()
	return nil
}

// Flag is a boolean that the platform writes as 0 or 1. It also reads true
// and false.
type Flag bool

// MarshalJSON writes 1 or 0.
func (f Flag) MarshalJSON() ([]byte, error) {
	if f {
		return []byte("1"), nil
	}
	return []byte("0"), nil
}

// UnmarshalJSON reads 0, 1, false or true.
func (f *Flag) UnmarshalJSON(b []byte) error {
	switch string(b) {
	case "1", "true":
		*f = true
	case "0", "false":
		*f = false
	case "null":
	default:
		return errors.New("must be 0 or 1")
	}
	return nil
}

// Scan reads the database's 0 or 1.
func (f *Flag) Scan(src any) error {
	n, ok := src.(int64)
	if !ok {
		return fmt.Errorf("a flag must be stored as a number, not %T", src)
	}
	*f = n != 0
	return nil
}

// Value is the database's 0 or 1.
func (f Flag) Value() (driver.Value, error) {
	if f {
		return int64(1), nil
	}
	return int64(0), nil
}
