package billing

import (
	"sort"
	"strings"
	"unicode/utf8"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/db"
	"github.com/selorax/sandbox/platform/internal/ledger"
	"github.com/selorax/sandbox/platform/internal/money"
	"github.com/selorax/sandbox/platform/internal/problem"
	"github.com/selorax/sandbox/platform/internal/wallet"
	"github.com/selorax/sandbox/platform/internal/web"
)

// refund pays back a part of the last payment of an app's charge, or all that
// is left of it. The platform gives back its commission on that part, the
// developer the rest; the gateway keeps its fee. The status stays.
func (s *Service) refund(tx *db.Tx, caller web.Caller, chargeID int64, in api.ChargeRefund) (api.Charge, error) {
	in.Reason = strings.TrimSpace(in.Reason)
	if err := checkRefund(in); err != nil {
		return api.Charge{}, err
	}
	c, err := hold(tx, caller, chargeID)
	if err != nil {
		return c, err
	}
	p, err := holdLastPayment(tx, c.ChargeID)
	if db.IsNone(err) {
		return c, problem.Conflict("Nothing was paid for this charge, so nothing can be paid back.")
	}
	if err != nil {
		return c, err
	}
	part, err := s.refundPart(tx, c, p, in.Amount)
	if err != nil {
		return c, err
	}
	return s.payBack(tx, c, p, part, in.Reason)
}

func checkRefund(in api.ChargeRefund) error {
	switch n := utf8.RuneCountInString(in.Reason); {
	case n == 0 || n > maxName:
		return problem.Invalid("reason", "must have 1 to 255 characters")
	case in.Amount != nil && *in.Amount <= 0:
		return problem.Invalid("amount", "must be above 0")
	}
	return nil
}

// refundPart is what is paid back: what was asked for, or all that can be.
func (s *Service) refundPart(tx *db.Tx, c api.Charge, p payment, asked *api.Money) (part, error) {
	left := p.Amount - p.RefundedAmount
	if left == 0 {
		return part{}, problem.Conflict("All that was paid for this charge last is paid back already.")
	}
	amount := left
	if asked != nil {
		amount = *asked
	}
	if amount > left {
		return part{}, problem.Invalid("amount", "must be at most %s, which is left of the last payment", left)
	}
	if c.Type != api.ChargeTopup {
		return p.part(amount), nil
	}
	balance, err := wallet.Hold(tx, c.AppID, c.StoreID)
	if err != nil {
		return part{}, err
	}
	if asked == nil {
		amount = p.within(balance)
	}
	out := p.part(amount)
	if out.base > balance || amount == 0 {
		return part{}, problem.PaymentRequired(api.CodeInsufficientBalance, problem.Shortfall{Balance: balance, Required: max(out.base, 1)},
			"The wallet holds %s. A top-up can be paid back only as far as it is not spent.", money.Format(balance, api.CurrencyBDT))
	}
	return out, nil
}

// part is a part of a payment.
type part struct{ amount, platform, base api.Money }

// part is the next part of a payment: rounding is made good by the last.
func (p payment) part(amount api.Money) part {
	taken := p.RefundedAmount + amount
	return part{
		amount:   amount,
		platform: money.Portion(p.PlatformAmount, taken, p.Amount) - p.refundedPlatform,
		base:     money.Portion(p.base, taken, p.Amount) - p.refundedBase,
	}
}

// within is the largest part of a payment whose base is within a limit.
func (p payment) within(limit api.Money) api.Money {
	left := p.Amount - p.RefundedAmount
	return api.Money(sort.Search(int(left), func(n int) bool { return p.part(api.Money(n+1)).base > limit }))
}

func (s *Service) payBack(tx *db.Tx, c api.Charge, p payment, back part, reason string) (api.Charge, error) {
	if err := addRefund(tx, p.PaymentID, back); err != nil {
		return c, err
	}
	id, err := insertRefund(tx, c.ChargeID, p.PaymentID, back, reason)
	if err != nil {
		return c, err
	}
	movement := ledger.Refund(c, id, back.amount, back.platform)
	if c.Type == api.ChargeTopup {
		if err := wallet.TakeBack(tx, c, back.base, reason); err != nil {
			return c, err
		}
		movement = movement.WithWallet(-back.base)
	}
	if err := ledger.Record(tx, movement); err != nil {
		return c, err
	}
	text := money.Format(back.amount, c.Currency) + " paid back: " + reason
	if err := insertEntry(tx, c.ChargeID, kindRefunded, text); err != nil {
		return c, err
	}
	return countRefund(tx, c.ChargeID, back.amount)
}
