package site

import (
	"context"
	"fmt"
	"net/url"
	"strings"
	"sync"

	"github.com/selorax/sandbox/platform/api"

	"github.com/selorax/sandbox/dashboard/internal/page"
	"github.com/selorax/sandbox/dashboard/internal/platform"
)

// searchRows is how many records of one kind a search shows.
const searchRows = 5

// searchData is what a search found.
type searchData struct {
	Query  string
	Groups []searchGroup // those that found something, or could not look
	Found  int           // everything that is shown
}

// searchGroup is what was found of one kind.
type searchGroup struct {
	Key, Name string // "orders", "Orders"
	Hits      []searchHit
	More      int    // that match too
	All       string // the list of everything that matches
	Failed    bool
}

// searchHit is one place that a search leads to.
type searchHit struct {
	Title, Detail, Icon, URL string
	Status                   string     // of an order
	Amount                   *api.Money // nil: it has none
}

func (v *visit) search() error {
	data := searchData{Query: page.CutSearch(v.r.URL.Query().Get("q"))}
	v.searched = data.Query
	if data.Query != "" {
		for _, group := range v.searchAll(data.Query) {
			if group.Failed || len(group.Hits) > 0 {
				data.Groups = append(data.Groups, group)
			}
			data.Found += len(group.Hits)
		}
	}
	return v.show("shell/search", "Search", "search", data, policy{})
}

// searchAll asks for every kind at once. One that fails says so in its own
// place.
func (v *visit) searchAll(text string) []searchGroup {
	asked := []func(context.Context, platform.Query) (searchGroup, error){v.searchOrders, v.searchProducts, v.searchCustomers}
	groups := make([]searchGroup, len(asked), len(asked)+2)
	var all sync.WaitGroup
	for n, ask := range asked {
		all.Go(func() {
			group, err := ask(v.r.Context(), platform.Query{Search: text, Limit: searchRows})
			group.Failed = err != nil
			if err != nil && v.r.Context().Err() == nil { // who types on waits no more
				v.Log.WarnContext(v.r.Context(), "search.failed", "kind", group.Key, "error", err)
			}
			groups[n] = group
		})
	}
	all.Wait()
	return append(groups, v.searchApps(text), v.searchPlaces(text))
}

// group is one of a kind of which the platform knows how many match.
func (v *visit) group(key, name, text string, total int, hits []searchHit) searchGroup {
	return searchGroup{Key: key, Name: name, Hits: hits, More: total - len(hits), All: v.path("/" + key + "?" + url.Values{"search": {text}}.Encode())}
}

func (v *visit) searchOrders(ctx context.Context, q platform.Query) (searchGroup, error) {
	found, err := v.session.Orders(ctx, v.store.StoreID, q)
	hits := make([]searchHit, 0, len(found.Data))
	for _, o := range found.Data {
		hits = append(hits, searchHit{
			Title: o.OrderNumber, Detail: o.CustomerName, Icon: "orders", URL: v.path(fmt.Sprintf("/orders/%d", o.OrderID)), Status: o.OrderStatus, Amount: &o.GrandTotal,
		})
	}
	return v.group("orders", "Orders", q.Search, found.Pagination.Total, hits), err
}

func (v *visit) searchProducts(ctx context.Context, q platform.Query) (searchGroup, error) {
	found, err := v.session.Products(ctx, v.store.StoreID, q)
	hits := make([]searchHit, 0, len(found.Data))
	for _, p := range found.Data {
		hits = append(hits, searchHit{
			Title: p.Name, Detail: fmt.Sprintf("%d in stock", p.TotalQuantity), Icon: "products", URL: v.path(fmt.Sprintf("/products/%d", p.ProductID)), Amount: &p.PriceMin,
		})
	}
	return v.group("products", "Products", q.Search, found.Pagination.Total, hits), err
}

func (v *visit) searchCustomers(ctx context.Context, q platform.Query) (searchGroup, error) {
	q.Only = everybody
	found, err := v.session.Customers(ctx, v.store.StoreID, q)
	hits := make([]searchHit, 0, len(found.Data))
	for _, c := range found.Data {
		var contact []string
		for _, way := range []*string{c.Phone, c.Email} {
			if way != nil {
				contact = append(contact, *way)
			}
		}
		hits = append(hits, searchHit{Title: c.Name, Detail: strings.Join(contact, " · "), Icon: "user", URL: v.path(fmt.Sprintf("/customers/%d", c.UserID))})
	}
	return v.group("customers", "Customers", q.Search, found.Pagination.Total, hits), err
}

func (v *visit) searchApps(text string) searchGroup {
	group := searchGroup{Key: "apps", Name: "Apps"}
	for _, a := range v.apps {
		if !contains(text, a.App.Name, a.App.Slug) {
			continue
		}
		hit := searchHit{Title: a.App.Name, Detail: "Installed app", Icon: "frame", URL: v.path("/apps/e/" + a.App.Slug)}
		if a.App.AppType == api.AppCustom {
			hit.Detail, hit.URL = "Custom app", v.customPath(a.AppID)
		}
		group.Hits = append(group.Hits, hit)
	}
	return group
}

// contains reports whether one of the texts has the searched one in it.
func contains(searched string, texts ...string) bool {
	for _, text := range texts {
		if strings.Contains(strings.ToLower(text), strings.ToLower(searched)) {
			return true
		}
	}
	return false
}
