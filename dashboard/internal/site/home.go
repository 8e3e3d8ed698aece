package site

import (
	"github.com/selorax/sandbox/platform/api"

	"github.com/selorax/sandbox/dashboard/internal/page"
)

// homeData is the store's first page.
type homeData struct {
	api.Home
	Chart page.Chart
	Most  int // the highest count of ByStatus
}

func (v *visit) home() error {
	home, err := v.session.Home(v.r.Context(), v.store.StoreID)
	if err != nil {
		return err
	}
	data := homeData{Home: home, Chart: page.NewChart(home.SalesByDay)}
	for _, s := range home.ByStatus {
		data.Most = max(data.Most, s.Count)
	}
	if err := v.slots(pageContext{}); err != nil {
		return err
	}
	return v.show("shell/home", "Home", "home", data, policy{})
}
