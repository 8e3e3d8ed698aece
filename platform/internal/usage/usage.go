package usage

import (
	"strings"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/app"
	"github.com/selorax/sandbox/platform/internal/billing"
	"github.com/selorax/sandbox/platform/internal/db"
	"github.com/selorax/sandbox/platform/internal/idempotency"
	"github.com/selorax/sandbox/platform/internal/money"
	"github.com/selorax/sandbox/platform/internal/problem"
	"github.com/selorax/sandbox/platform/internal/web"
)

// Service is the use cases of metered uses.
type Service struct {
	DB      *db.DB
	Writes  idempotency.Writes
	Apps    app.Apps
	Billing *billing.Service
}

const maxDescription = 255 // characters

// Record meters a use of the calling installation. A repeat with the same
// idempotency_key and content returns the first one and false.
func (s *Service) Record(tx *db.Tx, caller web.Caller, in api.NewUsage) (u api.UsageCharge, made bool, err error) {
	in.Description = strings.TrimSpace(in.Description)
	if string(in.Metadata) == "null" {
		in.Metadata = nil
	}
	if err := check(in); err != nil {
		return u, false, err
	}
	hash, err := idempotency.Content(in)
	if err != nil {
		return u, false, err
	}
	// The lock also puts two requests with one key in sequence.
	if err := billing.Hold(tx, caller); err != nil {
		return u, false, err
	}
	if in.IdempotencyKey != nil {
		if u, err = first(tx, caller.InstallationID, *in.IdempotencyKey, hash); !db.IsNone(err) {
			return u, false, err
		}
	}
	a, err := s.Apps.Get(tx, caller.AppID)
	if err != nil {
		return u, false, err
	}
	cost, err := costOf(in, money.RateOf(a.CommissionRate))
	if err != nil {
		return u, false, err
	}
	month, err := s.Billing.Meter(tx, caller, cost)
	if err != nil {
		return u, false, err
	}
	id, err := insert(tx, month, cost, in, hash)
	if err != nil {
		return u, false, err
	}
	u, err = byID(tx, id)
	return u, err == nil, err
}

// costOf is what a use costs, and how that is shared.
func costOf(in api.NewUsage, commission money.Rate) (billing.Use, error) {
	amount := money.Price(*in.Quantity, *in.UnitPrice)
	if amount == 0 {
		return billing.Use{}, problem.Invalid("quantity", "times unit_price must come to 0.01 at least")
	}
	platform := commission.Of(amount)
	return billing.Use{Amount: amount, Platform: platform, Developer: amount - platform}, nil
}

// first returns the use reported with a key, db.ErrNoRows when there is none.
func first(tx *db.Tx, installationID int64, key, hash string) (api.UsageCharge, error) {
	id, known, err := byKey(tx, installationID, key)
	if err != nil {
		return api.UsageCharge{}, err
	}
	if known != hash {
		return api.UsageCharge{}, problem.Conflict("Usage charge %d was made with this idempotency_key and other content. Use a new key.", id)
	}
	return byID(tx, id)
}

func check(in api.NewUsage) error {
	var bad problem.Complaints
	bad.Require(in.Quantity != nil && *in.Quantity > 0 && *in.Quantity <= api.MaxQuantity, "quantity", "must be from 0.001 to 1000000")
	bad.Require(in.UnitPrice != nil && *in.UnitPrice > 0 && *in.UnitPrice <= api.MaxUsageCap, "unit_price", "must be from 0.01 to 1000000.00")
	bad.Length(in.Description, "description", 1, maxDescription)
	bad.Attached(in.Metadata, in.IdempotencyKey)
	return bad.Err()
}
