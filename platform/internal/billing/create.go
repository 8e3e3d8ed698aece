package billing

import (
	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/db"
	"github.com/selorax/sandbox/platform/internal/idempotency"
	"github.com/selorax/sandbox/platform/internal/money"
	"github.com/selorax/sandbox/platform/internal/problem"
	"github.com/selorax/sandbox/platform/internal/web"
)

// Create makes a pending charge of any type but usage for the calling
// installation. A repeat with the same idempotency_key and content returns the
// first charge and false.
func (s *Service) Create(tx *db.Tx, caller web.Caller, in api.NewCharge) (c api.Charge, made bool, err error) {
	normalize(&in)
	hash, err := idempotency.Content(in)
	if err != nil {
		return c, false, err
	}
	// The lock also puts two requests with one key in sequence.
	if err := Hold(tx, caller); err != nil {
		return c, false, err
	}
	// A repeat is the first charge whatever has become of the app's settings.
	if in.IdempotencyKey != nil {
		c, err = first(tx, caller.InstallationID, *in.IdempotencyKey, hash)
		if !db.IsNone(err) {
			return c, false, err
		}
	}
	a, err := s.Apps.Get(tx, caller.AppID)
	if err != nil {
		return c, false, err
	}
	if err := s.validate(in, a); err != nil {
		return c, false, err
	}
	c, err = s.insert(tx, caller, a, in, hash)
	return c, err == nil, err
}

// Hold keeps the caller's installation from being removed until the
// transaction ends.
func Hold(tx *db.Tx, caller web.Caller) error {
	status, err := holdInstallation(tx, caller.InstallationID)
	if db.IsNone(err) || err == nil && status != api.InstallationActive {
		err = problem.Unauthorized(api.CodeNotInstalled, "The app is not installed on this store.")
	}
	return err
}

// first returns the charge made with a key, db.ErrNoRows when there is none.
func first(tx *db.Tx, installationID int64, key, hash string) (api.Charge, error) {
	c, err := byKey(tx, installationID, key)
	if err != nil {
		return c, err
	}
	known, err := contentHash(tx, c.ChargeID)
	if err == nil && known != hash {
		return c, problem.Conflict("Charge %d was made with this idempotency_key and other content. Use a new key.", c.ChargeID)
	}
	return c, err
}

func (s *Service) insert(tx *db.Tx, caller web.Caller, a api.App, in api.NewCharge, hash string) (c api.Charge, err error) {
	commission := money.RateOf(a.CommissionRate)
	split, err := money.SplitPayment(*in.Amount, commission, s.GatewayFee, a.FeePayer == api.FeePayerMerchant)
	if err != nil {
		return c, problem.Invalid("amount", "is too small: %s", err)
	}
	c = api.Charge{
		AppID: a.AppID, StoreID: caller.StoreID, InstallationID: caller.InstallationID, Type: in.Type, Name: in.Name,
		Description: in.Description, Amount: split.Paid, BaseAmount: split.Base, Currency: in.Currency, FeePayer: a.FeePayer,
		PlatformAmount: split.Platform, GatewayFeeAmount: split.Gateway, DeveloperAmount: split.Developer,
		ReturnURL: in.ReturnURL, Metadata: in.Metadata,
		BillingInterval: in.BillingInterval, BillingCap: in.BillingCap, Replaces: in.Replaces,
	}
	if c.TrialDays, err = trialOf(tx, caller.InstallationID, in); err != nil {
		return c, err
	}
	expires := tx.Now.Add(pendingFor)
	c, err = insert(tx, c, row{commission: commission, gateway: s.GatewayFee, key: in.IdempotencyKey, hash: hash, expiresMS: expires.UnixMilli()})
	if err != nil {
		return c, err
	}
	if err := s.Timer.Schedule(tx, expires, Expire{c.ChargeID}, &c.StoreID); err != nil {
		return c, err
	}
	return c, s.begin(tx, c)
}

// begin notes and tells that a charge was made.
func (s *Service) begin(tx *db.Tx, c api.Charge) error {
	if err := note(tx, c.ChargeID, kindCreated); err != nil {
		return err
	}
	return s.tell(tx, c, topics[c.Status], "")
}

// trialOf is the trial that a new charge offers: a store has one of each plan,
// over all reinstalls of its app.
func trialOf(tx *db.Tx, installationID int64, in api.NewCharge) (*int64, error) {
	if in.TrialDays == nil || *in.TrialDays == 0 {
		return in.TrialDays, nil
	}
	had, err := hadTrial(tx, installationID, in.Name)
	if had {
		return new(int64), err
	}
	return in.TrialDays, err
}
