package billing

import (
	"fmt"
	"strings"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/db"
	"github.com/selorax/sandbox/platform/internal/problem"
	"github.com/selorax/sandbox/platform/internal/web"
)

// Step is what a merchant does with a charge: Approve, Pay, Decline, Cancel,
// Resume. It returns the charge as it is then and where the merchant goes next.
type Step func(tx *db.Tx, c api.Charge) (api.Charge, string, error)

// Decide runs a merchant's step on a charge of one of the merchant's stores.
func (s *Service) Decide(tx *db.Tx, caller web.Caller, chargeID int64, take Step) (out api.PaymentResult, err error) {
	c, err := hold(tx, caller, chargeID)
	if err != nil {
		return out, err
	}
	if overdue(tx, c) {
		return out, problem.Conflict("This charge has expired. The app can ask for a new one.")
	}
	if c, out.RedirectURL, err = take(tx, c); err != nil {
		return out, err
	}
	out.Charge, err = s.describe(tx, c)
	return out, err
}

// Approve is the step to the payment.
func (s *Service) Approve(tx *db.Tx, c api.Charge) (api.Charge, string, error) {
	if !waits(c) {
		return c, "", refuse(c, "approved")
	}
	approved, err := setApproved(tx, c.ChargeID)
	if db.IsNone(err) {
		return c, "", problem.Conflict("This charge is already approved. It can be paid, declined or cancelled.")
	}
	if err != nil {
		return c, "", err
	}
	return approved, fmt.Sprintf("%s/pay", approved.ConfirmationURL), note(tx, c.ChargeID, kindApproved)
}

// Decline is the merchant's no to the price.
func (s *Service) Decline(tx *db.Tx, c api.Charge) (api.Charge, string, error) {
	c, err := s.move(tx, c, turn{to: api.ChargeDeclined})
	return s.back(tx, c, api.ReturnDeclined, err)
}

func (s *Service) complete(tx *db.Tx, c api.Charge) (api.Charge, string, error) {
	if c.Type == api.ChargeUsage || c.Type == api.ChargeTopup {
		return c, "", refuse(c, "completed")
	}
	c, err := s.move(tx, c, turn{to: api.ChargeCompleted})
	return c, c.ConfirmationURL, err
}

// refuse says that a step does not go with where a charge stands, and names the
// moves that do.
func refuse(c api.Charge, done string) error {
	next := moves[c.Type][c.Status]
	switch {
	case c.Type == api.ChargeUsage:
		return problem.Conflict("This charge is usage, which is collected at the end of its month. It cannot be %s by hand.", done)
	case len(next) == 0:
		return problem.Conflict("This charge is %s and cannot change any more, so it cannot be %s.", c.Status, done)
	}
	return problem.Conflict("This charge is %s, so it cannot be %s. It can become %s.", c.Status, done, strings.Join(next, ", "))
}
