package catalog

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/db"
	"github.com/selorax/sandbox/platform/internal/db/dbtest"
	"github.com/selorax/sandbox/platform/internal/event"
	"github.com/selorax/sandbox/platform/internal/idempotency"
	"github.com/selorax/sandbox/platform/internal/store/storetest"
)

const products = "/api/apps/v1/products"

// bench is the catalogue of the test stores, empty at first.
type bench struct {
	*Service
	*storetest.Server
	t testing.TB
}

func newBench(t testing.TB) *bench {
	t.Helper()
	d := storetest.New(t)
	s := &Service{
		DB: d, Writes: idempotency.Writes{DB: d}, Events: &event.Log{Feed: &event.Feed{}}, PublicURL: "http://api.localhost",
	}
	return &bench{s, storetest.Serve(t, s.Routes), t}
}

func at(ms int64) api.Time { return api.At(storetest.Now.UnixMilli() + ms) }

// add adds a product of the florist with a variant per price, in taka.
func (b *bench) add(id int64, name string, change func(*api.ProductDetail), prices ...int64) {
	b.t.Helper()
	p := api.ProductDetail{Product: api.Product{
		ProductID: id, StoreID: storetest.Florist, Name: name, Slug: strings.ToLower(name), IsActive: true, IsVisible: true,
		CreatedAt: at(id), UpdatedAt: at(-id),
	}}
	for n, price := range prices {
		p.Variants = append(p.Variants, api.Variant{
			SKUID: id*10 + int64(n), VariantName: fmt.Sprint(n), SKUCode: fmt.Sprintf("%d-%d", id, n), Price: api.Money(price * 100), Quantity: 7, IsDefault: n == 0,
		})
	}
	if change != nil {
		change(&p)
	}
	storetest.Write(b.t, b.DB, func(tx *db.Tx) error { return Insert(tx, p) })
}

func variety(b *bench) {
	b.add(1, "Rose Bouquet", nil, 850, 1500)
	b.add(2, "Lily", func(p *api.ProductDetail) { p.IsActive = false }, 500)
	b.add(3, "apple tree", func(p *api.ProductDetail) { p.CategoryID = new(int64); *p.CategoryID = 5 }, 1000)
	b.add(4, "100% Cotton_Bag", nil, 500, 2000)
	b.add(5, "Gone", nil, 850)
	b.add(9, "Rose of a stranger", func(p *api.ProductDetail) { p.StoreID = storetest.Crafts }, 850)
	dbtest.Exec(b.t, b.DB, `UPDATE product SET deleted_ms = 1 WHERE id = 5`)
	dbtest.Exec(b.t, b.DB, `UPDATE variant SET deleted_ms = 1 WHERE id = 41`) // the bag of 2,000 taka
}

func ids(list []api.Product) (ids []int64) {
	for _, p := range list {
		ids = append(ids, p.ProductID)
	}
	return ids
}

func TestListFiltersAndSorts(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	variety(b)
	for query, want := range map[string][]int64{
		"":                               {4, 3, 2, 1},
		"sort=created_at:asc":            {1, 2, 3, 4},
		"sort=updated_at":                {1, 2, 3, 4},
		"sort=name:asc":                  {4, 3, 2, 1}, // 100%, apple, Lily, Rose
		"sort=name:desc":                 {1, 2, 3, 4},
		"status=active":                  {4, 3, 1},
		"status=inactive":                {2},
		"since=2026-01-31T05:59:59.998Z": {2, 1},
		"category_id=5":                  {3},
		"category_id=6":                  nil,
		"price_min=1500":                 {1},
		"price_max=500":                  {4, 2},
		"price_min=850&price_max=850":    {1},
		"price_min=900&price_max=1400":   {3}, // the bouquet costs less or more, never this
		"price_min=1999.99":              nil, // that variant is deleted
		"price_max=849.99&price_min=0":   {4, 2},
		"search=rose":                    {1},
		"search=TREE":                    {3},
		"search=100%25":                  {4},
		"search=n_b":                     {4},
		"search=%25":                     {4},
		"search=stranger":                nil,
		"status=active&search=o&price_min=1000&sort=name:asc": {1},
		"limit=2&page=2": {2, 1},
	} {
		got := storetest.Into[api.List[api.Product]](b.Get(storetest.App, products+"?"+query))
		if diff := cmp.Diff(want, ids(got.Data)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", query, diff)
		}
		if got.Data == nil || !strings.Contains(query, "limit") && got.Pagination.Total != len(want) {
			t.Errorf("%s: %+v", query, got)
		}
	}
	if got := storetest.Into[api.List[api.Product]](b.Get(storetest.App, products+"?limit=999")).Pagination; got.Limit != 250 {
		t.Errorf("limit %d", got.Limit)
	}
}

// People of the store find products by the codes of their variants too, apps by
// the name alone.
func TestPeopleSearchCodes(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	variety(b)
	dbtest.Exec(t, b.DB, `UPDATE variant SET sku_code = 'BAG_' || id WHERE product_id = 4`)
	for query, want := range map[string][]int64{"bag_": {4}, "Bag_40": {4}, "BAG_41": nil, "bag%25": nil, "lily": {2}} {
		got := storetest.Into[api.List[api.Product]](b.Get(storetest.Merchant, "/api/stores/22/products?search="+query))
		if diff := cmp.Diff(want, ids(got.Data)); diff != "" || got.Pagination.Total != len(want) {
			t.Errorf("%s (-want +got):\n%s", query, diff)
		}
	}
	if got := storetest.Into[api.List[api.Product]](b.Get(storetest.App, products+"?search=bag_40")); len(got.Data) != 0 {
		t.Errorf("an app found %v", ids(got.Data))
	}
}

func TestListRefuses(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	for query, fields := range map[string][]string{
		"status=deleted": {"status"}, "since=x": {"since"}, "category_id=x": {"category_id"}, "price_min=abc": {"price_min"},
		"price_max=1.234": {"price_max"}, "price_min=1e3&price_max=-": {"price_min", "price_max"}, "sort=price": {"sort"}, "page=-1": {"page"},
	} {
		e := b.Get(storetest.App, products+"?"+query).Refusal(http.StatusBadRequest)
		var got []string
		for _, f := range e.Errors {
			got = append(got, f.Field)
		}
		if diff := cmp.Diff(fields, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", query, diff)
		}
	}
}

func TestPagesNeverOverlap(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	var all []int64
	for id := int64(1); id <= 17; id++ {
		b.add(id, fmt.Sprintf("Twin %d", id), func(p *api.ProductDetail) { p.Name, p.CreatedAt, p.UpdatedAt = "Twin", at(0), at(id%2) }, 10)
		all = append(all, id)
	}
	for _, sort := range []string{"created_at:asc", "created_at:desc", "updated_at:asc", "updated_at:desc", "name:asc", "name:desc"} {
		var seen []int64
		for page := 1; page <= 4; page++ {
			target := fmt.Sprintf("%s?sort=%s&limit=5&page=%d", products, sort, page)
			seen = append(seen, ids(storetest.Into[api.List[api.Product]](b.Get(storetest.App, target)).Data)...)
		}
		slices.Sort(seen)
		if diff := cmp.Diff(all, seen); diff != "" {
			t.Errorf("%s (-want +got):\n%s", sort, diff)
		}
	}
}

func TestDetail(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	text, keys, weight, before := "<p>Roses</p>", "products/bouquet-rose.svg, https://cdn.example/a.jpg", 0.6, api.Money(99900)
	b.add(150, "Premium Rose Bouquet", func(p *api.ProductDetail) {
		p.Description, p.IsFeatured = &text, true
		p.Variants[1].Images, p.Variants[1].Weight, p.Variants[1].CompareAtPrice, p.Variants[1].Available = &keys, &weight, &before, true
	}, 850, 1500, 2800)
	dbtest.Exec(t, b.DB, `UPDATE variant SET deleted_ms = 1 WHERE id = 1502`)
	urls := "http://api.localhost/media/products/bouquet-rose.svg,https://cdn.example/a.jpg"
	want := api.ProductDetail{
		Product: api.Product{ProductID: 150, StoreID: 22, Name: "Premium Rose Bouquet", Slug: "premium rose bouquet", IsActive: true, IsVisible: true,
			CreatedAt: at(150), UpdatedAt: at(-150)},
		Description: &text, IsFeatured: true,
		Variants: []api.Variant{
			{SKUID: 1500, ProductID: 150, VariantName: "0", SKUCode: "150-0", Price: 85000, Quantity: 7, IsDefault: true},
			{SKUID: 1501, ProductID: 150, VariantName: "1", SKUCode: "150-1", Price: 150000, Quantity: 7, Position: 1,
				Images: &urls, Weight: &weight, CompareAtPrice: &before, Available: true},
		},
	}
	for as, target := range map[string]string{storetest.App: products + "/150", storetest.Merchant: "/api/stores/22/products/150"} {
		if diff := cmp.Diff(want, storetest.Data[api.ProductDetail](b.Get(as, target))); diff != "" {
			t.Errorf("%s (-want +got):\n%s", as, diff)
		}
	}
}

func TestOtherStoresAreNotFound(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	variety(b)
	for _, c := range []struct{ as, target string }{
		{storetest.StrangerApp, products + "/1"},
		{storetest.StrangerApp, products + "?store_id=22"},
		{storetest.Stranger, "/api/stores/22/products"},
		{storetest.Stranger, "/api/stores/22/products/1"},
		{storetest.Stranger, "/api/stores/24/products/1"},
		{storetest.Merchant, "/api/stores/23/products/1"},
		{storetest.App, products + "/9"},
		{storetest.App, products + "/5"}, // deleted
		{storetest.App, products + "/77"},
		{storetest.App, products + "/x"},
	} {
		if e := b.Get(c.as, c.target).Refusal(http.StatusNotFound); e.Code != api.CodeNotFound {
			t.Errorf("%s %s: %+v", c.as, c.target, e)
		}
	}
	if got := storetest.Into[api.List[api.Product]](b.Get(storetest.StrangerApp, products)); len(got.Data) != 1 || got.Data[0].ProductID != 9 || got.Pagination.Total != 1 {
		t.Errorf("the stranger sees %+v", got)
	}
	for _, target := range []string{products, products + "/1"} {
		if e := b.Get(storetest.BlindApp, target).Refusal(http.StatusForbidden); e.Code != api.CodeInsufficientScope {
			t.Errorf("%s without the scope: %+v", target, e)
		}
	}
}

func TestLowStockCountsWhatIsOnSale(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	variety(b)
	dbtest.Exec(t, b.DB, `UPDATE variant SET quantity = 4`)
	dbtest.Exec(t, b.DB, `UPDATE variant SET quantity = 5 WHERE id = 10`)
	err := b.DB.Read(t.Context(), func(tx *db.Tx) error {
		n, err := LowStock(tx, storetest.Florist) // 11, 30 and 40: not 10, which has 5, nor what is inactive or deleted
		if n != 3 {
			t.Errorf("%d variants", n)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}
