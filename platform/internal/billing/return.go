package billing

import (
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"

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

// returnTo sets payment and charge_id in the query of a target and leaves its
// other parameters as they are. A URL of the dashboard becomes a path in it.
func (s *Service) returnTo(target, payment string, chargeID int64) (string, error) {
	u, err := url.Parse(target)
	if err != nil {
		return "", err
	}
	kept := slices.DeleteFunc(strings.Split(u.RawQuery, "&"), func(pair string) bool {
		name, _, _ := strings.Cut(pair, "=")
		return name == "" || name == "payment" || name == "charge_id"
	})
	u.RawQuery = strings.Join(append(kept, "payment="+payment, "charge_id="+strconv.FormatInt(chargeID, 10)), "&")
	if sameOrigin(u, s.DashboardURL) {
		u.Scheme, u.Host = "", ""
		if u.Path == "" {
			u.Path = "/"
		}
	}
	return u.String(), nil
}
