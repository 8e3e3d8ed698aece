package catalog

import (
	"bytes"
	"encoding/json"
	"fmt"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/db/dbtest"
	"github.com/selorax/sandbox/platform/internal/store/storetest"
)

const v1 = "/api/apps/v1"

// object is a JSON body.
type object = map[string]any

// write makes a write as the app and reads the record, or fails the test.
func write[T any](b *bench, method, target string, status int, body any) T {
	b.t.Helper()
	a := b.Do(storetest.App, method, target, body)
	var e api.Envelope[T]
	if err := json.Unmarshal(a.Body.Bytes(), &e); err != nil || a.Code != status {
		b.t.Fatalf("%s %s: %d %s", method, target, a.Code, a.Body)
	}
	return e.Data
}

func (b *bench) rose() api.ProductDetail {
	b.t.Helper()
	return write[api.ProductDetail](b, http.MethodPost, products, 201, object{
		"name": " Premium Rose ", "variants": []object{{"price": 850, "quantity": 24}, {"variant_name": "24 roses", "price": 1500.50, "quantity": 9}},
	})
}

func (b *bench) topics() string {
	b.t.Helper()
	n := dbtest.Value[int](b.t, b.DB, `SELECT COUNT(*) FROM event`)
	list := make([]string, n)
	for i := range list {
		list[i] = dbtest.Value[string](b.t, b.DB, `SELECT topic FROM event ORDER BY seq LIMIT 1 OFFSET $1`, i)
	}
	return strings.Join(list, " ")
}

func lastEvent[T any](b *bench) (e api.WebhookBody[T]) {
	b.t.Helper()
	if err := json.Unmarshal(dbtest.Value[[]byte](b.t, b.DB, `SELECT body FROM event ORDER BY seq DESC LIMIT 1`), &e); err != nil {
		b.t.Fatal(err)
	}
	return e
}

func TestAProductFromCreationToDeletion(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	p := b.rose()
	if p.Name != "Premium Rose" || p.Slug != "premium-rose" || !p.IsActive || len(p.Variants) != 2 || p.CreatedAt.Time != storetest.Now {
		t.Errorf("created %+v", p)
	}
	if v := p.Variants; !v[0].IsDefault || v[1].IsDefault || v[0].SKUCode == v[1].SKUCode || v[0].VariantName != "Default" || v[1].Price != 150050 {
		t.Errorf("variants %+v", v)
	}
	if e := lastEvent[api.ProductEvent](b); e.EventTopic != api.TopicProductCreated || !cmp.Equal(e.Data.Product, p) || e.Data.StoreName != "FloristBD" {
		t.Errorf("event %+v", e)
	}
	if second := b.rose(); second.Slug != "premium-rose-2" {
		t.Errorf("second slug %s", second.Slug)
	}
	at := fmt.Sprintf("%s/%d", products, p.ProductID)
	got := write[api.ProductDetail](b, http.MethodPut, at, 200, object{"description": "<p>x</p>", "is_active": 0})
	want := p
	text := "<p>x</p>"
	want.Description, want.IsActive = &text, false
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("updated (-want +got):\n%s", diff)
	}
	if got = write[api.ProductDetail](b, http.MethodPut, at, 200, object{"description": nil}); got.Description != nil {
		t.Errorf("description %q", *got.Description)
	}
	write[api.Deleted](b, http.MethodDelete, at, 200, nil)
	b.Get(storetest.App, at).Refusal(404)
	if again := b.rose(); again.Slug != "premium-rose" {
		t.Errorf("slug of a deleted product: %s", again.Slug)
	}
	if got := b.topics(); got != "product.created product.created product.updated product.updated product.deleted product.created" {
		t.Error(got)
	}
}

func TestVariantsKeepOneDefault(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	p := b.rose()
	at := fmt.Sprintf("%s/%d/variants", products, p.ProductID)
	third := write[api.Variant](b, http.MethodPost, at, 201, object{"price": 10, "is_default": 1, "sku_code": "R-3"})
	if !third.IsDefault || third.Position != 2 || third.SKUCode != "R-3" {
		t.Errorf("third %+v", third)
	}
	write[api.Deleted](b, http.MethodDelete, fmt.Sprintf("%s/%d", at, third.SKUID), 200, nil)
	got := storetest.Data[api.ProductDetail](b.Get(storetest.App, fmt.Sprintf("%s/%d", products, p.ProductID)))
	if !got.Variants[0].IsDefault || got.Variants[1].IsDefault || len(got.Variants) != 2 {
		t.Errorf("after the default was deleted: %+v", got.Variants)
	}
	first, second := fmt.Sprintf("%s/%d", at, p.Variants[0].SKUID), fmt.Sprintf("%s/%d", at, p.Variants[1].SKUID)
	b.Do(storetest.App, http.MethodPut, first, object{"is_default": 0}).Refusal(400)
	v := write[api.Variant](b, http.MethodPut, second, 200, object{"is_default": 1, "quantity": 3, "images": "products/bouquet-rose.svg, https://cdn.example/a.jpg"})
	if !v.IsDefault || v.Quantity != 3 || v.Price != 150050 || *v.Images != "http://api.localhost/media/products/bouquet-rose.svg,https://cdn.example/a.jpg" {
		t.Errorf("second %+v", v)
	}
	if e := lastEvent[api.InventoryEvent](b); e.EventTopic != api.TopicInventoryLow || e.Data.PreviousQuantity != 9 || e.Data.Delta != -6 || e.Data.Threshold != 5 {
		t.Errorf("event %+v", e)
	}
	v = write[api.Variant](b, http.MethodPut, second, 200, object{"images": *v.Images}) // what is read can be written
	if dbtest.Value[string](t, b.DB, `SELECT images FROM variant WHERE id = $1`, v.SKUID) != "products/bouquet-rose.svg,https://cdn.example/a.jpg" {
		t.Error("own URLs are kept as keys")
	}
	write[api.Deleted](b, http.MethodDelete, first, 200, nil)
	b.Do(storetest.App, http.MethodDelete, second, nil).Refusal(409)
}

func TestWritesRefuse(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	p := b.rose()
	b.add(9, "Alien", func(p *api.ProductDetail) { p.StoreID = storetest.Crafts }, 5)
	at := fmt.Sprintf("%s/%d", products, p.ProductID)
	variant := fmt.Sprintf("%s/variants/%d", at, p.Variants[0].SKUID)
	stock := fmt.Sprintf("%s/inventory/%d", v1, p.ProductID)
	events := b.topics()
	for name, c := range map[string]struct {
		method, target string
		body           object
		status         int
	}{
		"no variants":      {"POST", products, object{"name": "x"}, 400},
		"no name":          {"POST", products, object{"variants": []object{{"price": 1}}}, 400},
		"no price":         {"POST", products, object{"name": "x", "variants": []object{{}}}, 400},
		"two defaults":     {"POST", products, object{"name": "x", "variants": []object{{"price": 1, "is_default": 1}, {"price": 1, "is_default": 1}}}, 400},
		"one code twice":   {"POST", products, object{"name": "x", "variants": []object{{"price": 1, "sku_code": "A"}, {"price": 1, "sku_code": "A"}}}, 409},
		"slug":             {"PUT", at, object{"slug": "Not A Slug"}, 400},
		"taken slug":       {"POST", products, object{"name": "x", "slug": p.Slug, "variants": []object{{"price": 1}}}, 409},
		"null name":        {"PUT", at, object{"name": nil}, 400},
		"long description": {"PUT", at, object{"description": strings.Repeat("a", 64<<10+1)}, 400},
		"category":         {"PUT", at, object{"category_id": 77}, 400},
		"three decimals":   {"PUT", variant, object{"price": 1.234}, 400},
		"negative price":   {"PUT", variant, object{"price": -1}, 400},
		"negative weight":  {"PUT", variant, object{"weight": -0.1}, 400},
		"part of a gram":   {"PUT", variant, object{"weight": 0.00001}, 400},
		"part of a piece":  {"PUT", variant, object{"quantity": 1.5}, 400},
		"too many":         {"PUT", variant, object{"quantity": 1_000_000_001}, 400},
		"null quantity":    {"PUT", variant, object{"quantity": nil}, 400},
		"taken code":       {"PUT", variant, object{"sku_code": p.Variants[1].SKUCode}, 409},
		"picture":          {"PUT", variant, object{"images": "products/none.png"}, 400},
		"script":           {"PUT", variant, object{"images": "javascript:alert(1)"}, 400},
		"alien product":    {"PUT", products + "/9", object{"name": "x"}, 404},
		"alien stock":      {"PUT", v1 + "/inventory/9", object{"quantity": 1}, 404},
		"alien variant":    {"PUT", stock, object{"quantity": 1, "sku_id": 90}, 404},
		"which variant":    {"PUT", stock, object{"quantity": 1}, 400},
		"no delta":         {"POST", stock + "/adjust", object{"sku_id": p.Variants[0].SKUID}, 400},
		"below zero":       {"POST", stock + "/adjust", object{"sku_id": p.Variants[0].SKUID, "delta": -25}, 409},
		"no category name": {"POST", v1 + "/categories", object{}, 400},
	} {
		if a := b.Do(storetest.App, c.method, c.target, c.body); a.Code != c.status {
			t.Errorf("%s: %d %s, want %d", name, a.Code, a.Body, c.status)
		}
		b.Do(storetest.BlindApp, c.method, c.target, c.body).Refusal(403)
	}
	if diff := cmp.Diff(p, storetest.Data[api.ProductDetail](b.Get(storetest.App, at))); diff != "" || b.topics() != events {
		t.Errorf("something was written (-want +got):\n%s", diff)
	}
}

func TestStockNeverFallsBelowZero(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	p := write[api.ProductDetail](b, http.MethodPost, products, 201, object{"name": "Lily", "variants": []object{{"price": 5, "quantity": 30}}})
	target := fmt.Sprintf("%s/inventory/%d/adjust", v1, p.ProductID)
	var done atomic.Int64
	var wg sync.WaitGroup
	for range 50 {
		wg.Go(func() {
			switch a := b.Do(storetest.App, http.MethodPost, target, object{"delta": -1, "reason": "sold"}); a.Code {
			case 200:
				done.Add(1)
			case 409:
			default:
				t.Errorf("%d %s", a.Code, a.Body)
			}
		})
	}
	wg.Wait()
	if done.Load() != 30 || strings.Count(b.topics(), api.TopicInventoryUpdated) != 30 || strings.Count(b.topics(), api.TopicInventoryLow) != 1 {
		t.Errorf("%d taken; %s", done.Load(), b.topics())
	}
	got := storetest.Into[api.List[api.InventoryItem]](b.Get(storetest.App, v1+"/inventory?status=out_of_stock&sort=total_quantity:asc"))
	if len(got.Data) != 1 || got.Data[0].TotalQuantity != 0 || got.Data[0].HasStock || got.Data[0].VariantCount != 1 {
		t.Errorf("%+v", got)
	}
	d := write[api.InventoryDetail](b, http.MethodPut, strings.TrimSuffix(target, "/adjust"), 200, object{"quantity": 7})
	if d.TotalQuantity != 7 || d.Variants[0].Quantity != 7 {
		t.Errorf("set %+v", d)
	}
	if e := lastEvent[api.InventoryEvent](b); e.Data.Reason != api.StockSet || e.Data.Delta != 7 || e.Data.PreviousQuantity != 0 || e.Data.Quantity != 7 {
		t.Errorf("event %+v", e)
	}
}

func TestCategories(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	base := v1 + "/categories"
	a := write[api.Category](b, http.MethodPost, base, 201, object{"name": "Flowers"})
	inner := write[api.Category](b, http.MethodPost, base, 201, object{"name": "Flowers", "parent_id": a.CategoryID})
	if a.Slug != "flowers" || inner.Slug != "flowers-2" || *inner.ParentID != a.CategoryID {
		t.Errorf("%+v %+v", a, inner)
	}
	outer, within := fmt.Sprintf("%s/%d", base, a.CategoryID), fmt.Sprintf("%s/%d", base, inner.CategoryID)
	b.Do(storetest.App, http.MethodPut, outer, object{"parent_id": inner.CategoryID}).Refusal(400)
	b.Do(storetest.App, http.MethodDelete, outer, nil).Refusal(409)
	b.Get(storetest.StrangerApp, outer).Refusal(404)
	p := b.rose()
	write[api.ProductDetail](b, http.MethodPut, fmt.Sprintf("%s/%d", products, p.ProductID), 200, object{"category_id": inner.CategoryID})
	if e := b.Do(storetest.App, http.MethodDelete, within, nil).Refusal(409); !strings.Contains(e.Message, "1 products") {
		t.Error(e.Message)
	}
	write[api.ProductDetail](b, http.MethodPut, fmt.Sprintf("%s/%d", products, p.ProductID), 200, object{"category_id": nil})
	write[api.Deleted](b, http.MethodDelete, within, 200, nil)
	if got := storetest.Into[api.List[api.Category]](b.Get(storetest.App, base+"?sort=name:asc&search=FLOW")); len(got.Data) != 1 {
		t.Errorf("%+v", got)
	}
}

// png is enough of a picture to be taken for one.
const png = "\x89PNG\x0D\x0A\x1A\x0A rose"

// upload sends files, each in a part of the name before its =.
func (b *bench) upload(target string, parts ...string) storetest.Answer {
	b.t.Helper()
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	for _, p := range parts {
		name, content, _ := strings.Cut(p, "=")
		w, err := form.CreateFormFile(name, "a.png")
		if err != nil {
			b.t.Fatal(err)
		}
		_, _ = w.Write([]byte(content))
	}
	_ = form.Close()
	r := httptest.NewRequest(http.MethodPost, target, &body)
	r.Header.Set("Content-Type", form.FormDataContentType())
	return b.Send(storetest.App, r)
}

func TestUploadedPicturesAreServed(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	p := b.rose()
	target := fmt.Sprintf("%s/%d/images", products, p.ProductID)
	a := b.upload(target, "files="+png+strings.Repeat("x", 3<<20), "file=y", "files="+png)
	var e api.Envelope[[]api.ProductImage]
	if err := json.Unmarshal(a.Body.Bytes(), &e); err != nil || a.Code != 201 || len(e.Data) != 2 {
		t.Fatalf("%d %s", a.Code, a.Body)
	}
	if warning := a.Header().Get(api.HeaderWarning); !strings.Contains(warning, "did you mean files?") {
		t.Errorf("warning %q", warning)
	}
	got := b.Get("", strings.TrimPrefix(e.Data[1].URL, b.PublicURL))
	if got.Code != 200 || got.Body.String() != png || got.Header().Get("Content-Type") != "image/png" || got.Header().Get("Access-Control-Allow-Origin") != "*" ||
		got.Header().Get("X-Content-Type-Options") != "nosniff" || got.Header().Get("Content-Security-Policy") != "default-src 'none'" {
		t.Errorf("%d %v", got.Code, got.Header())
	}
	variant := fmt.Sprintf("%s/%d/variants/%d", products, p.ProductID, p.Variants[0].SKUID)
	write[api.Variant](b, http.MethodPut, variant, 200, object{"images": e.Data[0].StoredKey + "," + e.Data[1].StoredKey})
	list := storetest.Into[api.List[api.ProductSummary]](b.Get(storetest.Merchant, "/api/stores/22/products"))
	if s := list.Data[0]; s.PriceMin != 85000 || s.PriceMax != 150050 || *s.Image != e.Data[0].URL || s.TotalQuantity != 33 || s.VariantCount != 2 {
		t.Errorf("summary %+v", s)
	}
	for name, c := range map[string]struct {
		parts  []string
		status int
	}{
		"svg":      {[]string{"files=<svg xmlns='http://www.w3.org/2000/svg'/>"}, 415},
		"text":     {[]string{"files=" + png, "files=hello"}, 415},
		"large":    {[]string{"files=" + png + strings.Repeat("x", maxFile)}, 413},
		"none":     {[]string{"other=" + png}, 400},
		"too many": {slices.Repeat([]string{"files=" + png}, 11), 400},
	} {
		b.upload(target, c.parts...).Refusal(c.status)
		if n := dbtest.Value[int](t, b.DB, `SELECT COUNT(*) FROM picture`); n != 2 {
			t.Errorf("%s: %d pictures", name, n)
		}
	}
	b.upload(products+"/77/images", "files="+png).Refusal(404)
	b.Do(storetest.App, http.MethodPost, target, object{}).Refusal(415)
}

func TestARepeatedCreationMakesOneProduct(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	for range 2 {
		r := httptest.NewRequest(http.MethodPost, products, strings.NewReader(`{"name":"x","variants":[{"price":1}]}`))
		r.Header.Set("Content-Type", "application/json")
		r.Header.Set(api.HeaderIdempotency, "k")
		if a := b.Send(storetest.App, r); a.Code != 201 {
			t.Errorf("%d %s", a.Code, a.Body)
		}
	}
	if n := dbtest.Value[int](t, b.DB, `SELECT COUNT(*) FROM product`); n != 1 {
		t.Errorf("%d products", n)
	}
}

func FuzzReadPictures(f *testing.F) {
	f.Add("--b\r\nContent-Disposition: form-data; name=\"files\"\r\n\r\n"+png+"\r\n--b--\r\n", "b")
	f.Add("--b", "b")
	f.Fuzz(func(t *testing.T, body, boundary string) {
		r := httptest.NewRequest(http.MethodPost, "/", strings.NewReader(body))
		r.Header.Set("Content-Type", "multipart/form-data; boundary="+boundary)
		list, _, err := readPictures(r, 1)
		if err == nil && (len(list) == 0 || len(list) > maxFiles) {
			t.Errorf("%d pictures of %q", len(list), body)
		}
	})
}

func FuzzInventoryFilter(f *testing.F) {
	f.Add("sort=name:asc&status=in_stock&limit=9")
	f.Fuzz(func(t *testing.T, query string) {
		r := httptest.NewRequest(http.MethodGet, "/", nil)
		r.URL.RawQuery = query
		got, err := readInventoryFilter(r)
		if err == nil && (inventoryColumns[got.sort.Column] == "" || got.page.Limit > 250 || got.page.Number < 1) {
			t.Errorf("%q: %+v", query, got)
		}
	})
}
