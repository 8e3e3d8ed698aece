package site

import (
	"slices"

	"github.com/selorax/sandbox/platform/api"

	"github.com/selorax/sandbox/dashboard/internal/page"
)

// forDeveloper keeps the developer's pages from everybody else: to a merchant
// they do not exist.
func forDeveloper(h func(*visit) error) func(*visit) error {
	return func(v *visit) error {
		if !v.isDeveloper() {
			return missing
		}
		return h(v)
	}
}

func (v *visit) isDeveloper() bool { return slices.Contains(v.account.Roles, api.RoleDeveloper) }

// revenueData is what the user's apps earn, and what the platform keeps.
type revenueData struct {
	Own     []ownApp
	Revenue api.PlatformRevenue
	Span    page.Span
	Spans   []page.Tab
}

// ownApp is an app of the user's with what it has earned.
type ownApp struct {
	api.PortalApp
	api.Earnings
}

func (v *visit) revenue() error {
	ctx, data := v.r.Context(), revenueData{Span: page.SpanOf(v.r.URL.Query().Get("span"))}
	data.Spans = spanTabs(v.path("/developer/earnings"), data.Span)
	apps, err := v.session.OwnApps(ctx)
	if err != nil {
		return err
	}
	today, err := v.session.Revenue(ctx, "", "")
	if err != nil {
		return err
	}
	first := data.Span.Before(today.To)
	for _, a := range apps.Data {
		earned, err := v.session.Earnings(ctx, a.AppID, first, today.To)
		if err != nil {
			return err
		}
		data.Own = append(data.Own, ownApp{a, earned})
	}
	if data.Revenue, err = v.session.Revenue(ctx, first, today.To); err != nil {
		return err
	}
	return v.show("shell/revenue", "Earnings", "earnings", data, policy{})
}

// spanTabs are the links to the spans of a page.
func spanTabs(path string, current page.Span) (tabs []page.Tab) {
	for _, s := range page.Spans {
		tabs = append(tabs, page.Tab{URL: path + "?span=" + s.Name, Label: s.Label, Current: s.Name == current.Name})
	}
	return tabs
}

// earningsData is what one app has earned.
type earningsData struct {
	App       api.PortalApp
	Earnings  api.Earnings
	Chart     page.EarningsChart
	Span      page.Span
	Spans     []page.Tab
	Statement []api.StatementEntry
	List      page.List
	Place     string
}

func (v *visit) earnings() error {
	app, err := v.ownApp()
	if err != nil {
		return err
	}
	ctx := v.r.Context()
	data := earningsData{App: app, Place: v.path("/developer/earnings/" + v.text("app")), Span: page.SpanOf(v.r.URL.Query().Get("span"))}
	data.Spans, data.List = spanTabs(data.Place, data.Span), page.ReadList(v.r.URL, "", nil).WithFilters(v.r.URL, "span")
	today, err := v.session.Earnings(ctx, app.AppID, "", "")
	if err != nil {
		return err
	}
	if data.Earnings, err = v.session.Earnings(ctx, app.AppID, data.Span.Before(today.To), today.To); err != nil {
		return err
	}
	data.Chart = page.NewEarningsChart(data.Span, data.Earnings.Days)
	found, err := v.session.Statement(ctx, app.AppID, data.List.Page, page.Rows)
	if err != nil {
		return err
	}
	data.Statement, data.List = found.Data, data.List.Found(found.Pagination)
	return v.show("shell/earnings", "Earnings of "+app.Name, "earnings", data, policy{})
}

// ownApp is the user's app that the path names.
func (v *visit) ownApp() (api.PortalApp, error) {
	app, err := v.session.PortalApp(v.r.Context(), v.number("app"))
	if err == nil && !bool(app.Owned) {
		err = missing
	}
	return app, err
}

func (v *visit) statement() error {
	app, err := v.ownApp()
	if err != nil {
		return err
	}
	return v.session.StatementCSV(v.r.Context(), app.AppID, v.w)
}
