package earnings

import (
	"slices"
	"time"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/app"
	"github.com/selorax/sandbox/platform/internal/db"
	"github.com/selorax/sandbox/platform/internal/ledger"
	"github.com/selorax/sandbox/platform/internal/problem"
)

// Service is the use cases of those who earn.
type Service struct {
	DB   *db.DB
	Apps app.Apps
}

const (
	day         = 24 * time.Hour
	defaultDays = 30
	maxDays     = 400
)

// span is a number of whole days.
type span struct{ from, to time.Time } // first and last day, at 0:00 UTC

// spanOf is the days asked for: the last thirty up to today unless said.
func spanOf(tx *db.Tx, from, to *time.Time) (span, error) {
	s := span{to: tx.Now.UTC().Truncate(day)}
	if to != nil {
		s.to = to.UTC().Truncate(day)
	}
	s.from = s.to.AddDate(0, 0, 1-defaultDays)
	if from != nil {
		s.from = from.UTC().Truncate(day)
	}
	switch days := int(s.to.Sub(s.from)/day) + 1; {
	case days < 1:
		return s, problem.Invalid("from", "must not be after to")
	case days > maxDays:
		return s, problem.Invalid("from", "must be at most %d days before to", maxDays)
	}
	return s, nil
}

func (s span) first() string { return s.from.Format(time.DateOnly) }
func (s span) last() string  { return s.to.Format(time.DateOnly) }

// ofApp returns an app's earnings, every day of the span among them.
func ofApp(tx *db.Tx, appID int64, s span) (out api.Earnings, err error) {
	out = api.Earnings{AppID: appID, Currency: api.CurrencyBDT, From: s.first(), To: s.last()}
	if out.Balance, err = ledger.DeveloperBalance(tx, appID); err != nil {
		return out, err
	}
	earned, err := dayByDay(tx, appID, s)
	if err != nil {
		return out, err
	}
	metered, err := usageByDay(tx, appID, s)
	if err != nil {
		return out, err
	}
	for at := s.from; !at.After(s.to); at = at.Add(day) {
		sums := earned[at.Unix()]
		sums.Usage = metered[at.Unix()]
		out.Days = append(out.Days, api.EarningsDay{Date: at.Format(time.DateOnly), EarningsSums: sums})
		out.Totals.Add(sums)
	}
	return out, nil
}

// ofPlatform returns what the platform has kept, by app.
func (s *Service) ofPlatform(tx *db.Tx, d span) (api.PlatformRevenue, error) {
	out := api.PlatformRevenue{Currency: api.CurrencyBDT, From: d.first(), To: d.last(), Apps: []api.AppRevenue{}}
	byApp, err := appByApp(tx, d)
	if err != nil {
		return out, err
	}
	used, err := usageByApp(tx, d)
	if err != nil {
		return out, err
	}
	for appID, amount := range used {
		sums := byApp[appID]
		sums.Usage = amount
		byApp[appID] = sums
	}
	for appID, sums := range byApp {
		a, err := s.Apps.Record(tx, appID) // a deleted app's revenue stays
		if err != nil {
			return out, err
		}
		out.Apps = append(out.Apps, api.AppRevenue{App: app.Card(a), EarningsSums: sums})
		out.Totals.Add(sums)
	}
	slices.SortFunc(out.Apps, func(a, b api.AppRevenue) int {
		if a.Commission != b.Commission {
			return int(b.Commission - a.Commission)
		}
		return int(a.App.AppID - b.App.AppID)
	})
	return out, nil
}
