package billing

import (
	"fmt"
	"net/url"
	"strconv"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/db"
)

// back returns the charge with the URL that takes the merchant back to the
// app, unless the step before it failed.
func (s *Service) back(tx *db.Tx, c api.Charge, payment string, failed error) (api.Charge, string, error) {
	if failed != nil {
		return c, "", failed
	}
	a, err := s.Apps.Get(tx, c.AppID)
	if err != nil {
		return c, "", err
	}
	target := fmt.Sprintf("/%d/apps/e/%s", c.StoreID, a.Slug)
	if c.ReturnURL != nil {
		target = *c.ReturnURL
	}
	target, err = s.returnTo(target, payment, c.ChargeID)
	return c, target, err
}

// returnTo sets payment and charge_id in the query of a target. A URL of the
// dashboard becomes a path in it.
func (s *Service) returnTo(target, payment string, chargeID int64) (string, error) {
	u, err := url.Parse(target)
	if err != nil {
		return "", err
	}
	q := u.Query()
	q.Set("payment", payment)
	q.Set("charge_id", strconv.FormatInt(chargeID, 10))
	u.RawQuery = q.Encode()
	if sameOrigin(u, s.DashboardURL) {
		u.Scheme, u.Host = "", ""
		if u.Path == "" {
			u.Path = "/"
		}
	}
	return u.String(), nil
}
