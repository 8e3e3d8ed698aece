package api

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"strings"
)

// Quantity is a measured amount in thousandths: 2500 is 2.5. On the wire it is
// a JSON number with at most three decimals, without needless zeros. It never
// passes through a float.
type Quantity int64

// MaxQuantity is the most that one usage charge measures.
const MaxQuantity Quantity = 1_000_000_000

// ErrQuantity is returned for a text that is not a decimal number of at most
// three decimals within the range of Quantity.
var ErrQuantity = errors.New("must be a number with at most three decimals")

// String formats the quantity as a plain decimal: "2.5".
func (q Quantity) String() string {
	sign, v := "", uint64(q)
	if q < 0 {
		sign, v = "-", uint64(-q)
	}
	return sign + strings.TrimSuffix(strings.TrimRight(fmt.Sprintf("%d.%03d", v/1000, v%1000), "0"), ".")
}

// MarshalJSON writes the quantity as a JSON number.
func (q Quantity) MarshalJSON() ([]byte, error) { return []byte(q.String()), nil }

// UnmarshalJSON reads a JSON number; a quoted string is refused.
func (q *Quantity) UnmarshalJSON(b []byte) error {
	if bytes.Equal(b, []byte("null")) {
		return nil
	}
	text, negative := strings.CutPrefix(string(b), "-")
	whole, frac, dotted := strings.Cut(text, ".")
	if whole == "" || len(frac) > 3 || (dotted && frac == "") || !digits(whole+frac) {
		return ErrQuantity
	}
	v, err := strconv.ParseInt(whole+(frac + "000")[:3], 10, 64)
	if err != nil {
		return ErrQuantity
	}
	if *q = Quantity(v); negative {
		*q = -*q
	}
	return nil
}

// NewUsage is the body of POST /api/apps/v1/billing/usage-charges. The same
// idempotency_key with the same content answers 200 with the first one.
type NewUsage struct {
	Description    string          `json:"description"` // 1 to 255 characters
	Quantity       *Quantity       `json:"quantity"`    // above 0, at most three decimals
	UnitPrice      *Money          `json:"unit_price"`  // above 0; the price of a fraction of a unit may be less than 0.01
	Metadata       json.RawMessage `json:"metadata"`    // an object, returned as it came
	IdempotencyKey *string         `json:"idempotency_key"`
}

// UsageCharge is one metered use. It is collected with the others of its
// calendar month (UTC) in the charge that ChargeID names, whose status it has.
// The developer pays the commission, and there is no gateway fee.
type UsageCharge struct {
	UsageChargeID   int64           `json:"usage_charge_id"`
	ChargeID        int64           `json:"charge_id"` // of the month
	AppID           int64           `json:"app_id"`
	StoreID         int64           `json:"store_id"`
	InstallationID  int64           `json:"installation_id"`
	Description     string          `json:"description"`
	Quantity        Quantity        `json:"quantity"`
	UnitPrice       Money           `json:"unit_price"`
	Amount          Money           `json:"amount"` // quantity times unit_price, rounded half to even
	Currency        string          `json:"currency"`
	PlatformAmount  Money           `json:"platform_amount"`
	DeveloperAmount Money           `json:"developer_amount"`
	Status          string          `json:"status"`   // pending | frozen | completed | cancelled
	Metadata        json.RawMessage `json:"metadata"` // an object or null
	CreatedAt       Time            `json:"created_at"`
}
