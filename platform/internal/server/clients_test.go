package server_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"mime/multipart"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/platformtest"
)

// These tests call as apps do that were written for production: they read
// names, not our types, so that renaming a field fails here.

const publishedStore int64 = 22

type object = map[string]any

// published is a platform with an app that may do everything in a store.
func published(t *testing.T) (*platformtest.Platform, platformtest.Header) {
	t.Helper()
	p := platformtest.Start(t, platformtest.Config{})
	p.Install("my-app", publishedStore)
	return p, p.Client("my-app", publishedStore)
}

// rows reads the list of an answer as a client does that knows only names.
func rows(t *testing.T, a platformtest.Answer) (list []object) {
	t.Helper()
	var body struct {
		Data []object `json:"data"`
	}
	a.Into(http.StatusOK, &body)
	return body.Data
}

// A paging helper asks for 50 and goes on until fewer come back.
func TestPagingUntilFewerComeBack(t *testing.T) {
	t.Parallel()
	p, h := published(t)
	for _, c := range []struct{ path, id string }{
		{"orders", "order_id"}, {"products", "product_id"}, {"customers", "user_id"}, {"inventory", "product_id"}, {"discounts", "discount_id"},
	} {
		seen := map[any]bool{}
		var total float64
		for page := 1; page <= 50; page++ {
			a := p.Do(http.MethodGet, fmt.Sprintf("/api/apps/v1/%s?page=%d&limit=50", c.path, page), h, nil)
			list := rows(t, a)
			for _, row := range list {
				if row[c.id] == nil || seen[row[c.id]] {
					t.Fatalf("%s, page %d: %v is missing or comes twice", c.path, page, row[c.id])
				}
				seen[row[c.id]] = true
			}
			total = pagination(t, a)["total"].(float64)
			if len(list) < 50 {
				break
			}
		}
		if len(seen) == 0 || float64(len(seen)) != total {
			t.Errorf("%s: %d rows, of %v", c.path, len(seen), total)
		}
	}
}

func pagination(t *testing.T, a platformtest.Answer) object {
	t.Helper()
	var body struct {
		Pagination object `json:"pagination"`
	}
	a.Into(http.StatusOK, &body)
	return body.Pagination
}

// The messaging app reads its whole audience in one call, guests too.
func TestAnAudienceOfTenThousand(t *testing.T) {
	t.Parallel()
	p, h := published(t)
	p.Do(http.MethodPost, "/api/apps/v1/orders", h, object{
		"customer": object{"name": "Nadia Islam", "phone": "+8801899000111"},
		"items":    []object{{"sku_id": firstVariant(t, p, h, firstProduct(t, p, h)), "quantity": 1}},
	}).Into(http.StatusCreated, &object{})
	guest := func(query string) (found bool) {
		a := p.Do(http.MethodGet, "/api/apps/v1/customers?page=1&limit=10000&"+query, h, nil)
		if limit := pagination(t, a)["limit"]; limit != float64(250) {
			t.Errorf("limit 10000 became %v, want 250", limit)
		}
		return slices.ContainsFunc(rows(t, a), func(c object) bool { return c["phone"] == "01899000111" })
	}
	if !guest("include_guests=true&search=") || guest("include_guests=false") || guest("search=nadia") {
		t.Error("guests come when include_guests is true, and only then")
	}
	for name, missing := range map[string]struct {
		status int
		code   string
	}{
		api.HeaderClientID:     {http.StatusUnauthorized, api.CodeMissingToken},
		api.HeaderClientSecret: {http.StatusUnauthorized, api.CodeMissingToken},
		api.HeaderStoreID:      {http.StatusBadRequest, api.CodeMissingStoreID},
	} {
		partial := p.Client("my-app", publishedStore)
		delete(partial, name)
		if a := p.Do(http.MethodGet, "/api/apps/v1/customers", partial, nil); a.Status != missing.status || a.Code() != missing.code {
			t.Errorf("without %s: %d %s", name, a.Status, a.Body)
		}
	}
}

// The background remover uploads two pictures, hangs their keys into a variant
// and shows what comes back.
func TestPicturesOfAVariantAreReplaced(t *testing.T) {
	t.Parallel()
	p, h := published(t)
	path := firstProduct(t, p, h)
	stored := upload(t, p, h, path+"/images", "\x89PNG\r\n\x1a\n one", "\x89PNG\r\n\x1a\n two")
	keys := []string{stored[0]["stored_key"].(string), stored[1]["stored_key"].(string)}

	variant := fmt.Sprintf("%s/variants/%v", path, firstVariant(t, p, h, path))
	a := p.Do(http.MethodPut, variant, h, object{"images": strings.Join(keys, ",")})
	images, _ := platformtest.Data[object](a)["images"].(string)
	list := strings.Split(images, ",")
	if len(list) != len(keys) {
		t.Fatalf("images: %q", images)
	}
	for n, entry := range list { // the rule of the client: a URL as it is, else a key below the assets
		if !strings.HasPrefix(entry, "http://") && !strings.HasPrefix(entry, "https://") {
			entry = p.URL + "/media/" + entry
		}
		if entry != p.URL+"/media/"+keys[n] {
			t.Errorf("%s is not the picture %s", entry, keys[n])
		}
		got := p.Do(http.MethodGet, entry, platformtest.Header{"Origin": "https://remove-bg.example"}, nil)
		if got.Status != http.StatusOK || got.Header.Get("Access-Control-Allow-Origin") != "*" {
			t.Errorf("%s: %d %v", entry, got.Status, got.Header)
		}
	}
	if again := p.Do(http.MethodPut, variant, h, object{"images": images}); again.Status != http.StatusOK {
		t.Errorf("what was read cannot be written: %d %s", again.Status, again.Body)
	}
}

// firstProduct is the path of the first product that is listed.
func firstProduct(t *testing.T, p *platformtest.Platform, h platformtest.Header) string {
	t.Helper()
	return fmt.Sprintf("/api/apps/v1/products/%v", rows(t, p.Do(http.MethodGet, "/api/apps/v1/products", h, nil))[0]["product_id"])
}

// firstVariant is the sku_id of the first variant of a product.
func firstVariant(t *testing.T, p *platformtest.Platform, h platformtest.Header, path string) any {
	t.Helper()
	var body struct{ Data struct{ Variants []object } }
	p.Do(http.MethodGet, path, h, nil).Into(http.StatusOK, &body)
	return body.Data.Variants[0]["sku_id"]
}

// upload sends pictures as a browser's FormData does and reads the list that
// comes back.
func upload(t *testing.T, p *platformtest.Platform, h platformtest.Header, path string, pictures ...string) []object {
	t.Helper()
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	for n, picture := range pictures {
		part, err := form.CreateFormFile("files", fmt.Sprintf("%d.png", n))
		if err != nil {
			t.Fatal(err)
		}
		_, _ = io.WriteString(part, picture)
	}
	_ = form.Close()
	r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, p.URL+path, &body)
	if err != nil {
		t.Fatal(err)
	}
	for name, value := range h {
		r.Header.Set(name, value)
	}
	r.Header.Set("Content-Type", form.FormDataContentType())
	res, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	var answer struct {
		Data []object `json:"data"`
	}
	if err := json.NewDecoder(res.Body).Decode(&answer); err != nil || res.StatusCode/100 != 2 || len(answer.Data) != len(pictures) {
		t.Fatalf("%d %v %v", res.StatusCode, answer, err)
	}
	return answer.Data
}

// The command line loses /api from its base address, sends an empty store when
// it has none and prints errors as they are.
func TestTheCommandLinesCalls(t *testing.T) {
	t.Parallel()
	p, h := published(t)
	h[api.HeaderStoreID] = ""
	h["Content-Type"] = "application/json"
	widget := object{
		"extension_id": "my-ext", "target": "dashboard.widget", "title": "My Ext", "mode": "json", "settings_schema": []object{},
		"ui": object{"type": "Card", "props": object{"title": "Hi"}, "children": []object{{"type": "Text", "props": object{"content": "Hello"}}}},
	}
	bundle := object{
		"extension_id": "other", "target": "order.detail.block", "title": "Other", "mode": "sandbox", "sandbox_url": "http://localhost:3456/other.js",
	}
	for n, base := range []string{"/apps/extensions/app", "/api/apps/extensions/app"} {
		var login struct {
			AppName string `json:"appName"`
			Data    []object
		}
		p.Do(http.MethodGet, base, h, nil).Into(http.StatusOK, &login)
		if login.AppName == "" || login.Data == nil {
			t.Errorf("login: %+v", login)
		}
		bundle["title"] = fmt.Sprint("Other ", n) // another set: the same one again is no new version
		deployed := platformtest.Data[object](p.Do(http.MethodPost, base+"/deploy", h, object{"extensions": []object{widget, bundle}}))
		if deployed["deployed"] != float64(2) || deployed["installations_updated"] != float64(1) {
			t.Errorf("deploy: %v", deployed)
		}
		for _, e := range rows(t, p.Do(http.MethodGet, base, h, nil)) {
			if e["title"] == "" || e["extension_id"] == "" || e["mode"] == "" || e["target"] == "" {
				t.Errorf("info: %v", e)
			}
		}
		versions := rows(t, p.Do(http.MethodGet, base+"/versions", h, nil))
		if last := versions[len(versions)-1]; last["version"] != float64(n+1) || last["deployed_at"] == "" || len(last["extensions"].([]any)) != 2 {
			t.Errorf("versions: %v", versions)
		}
		if a := p.Do(http.MethodPost, base+"/rollback", h, object{"version": 1}); a.Status != http.StatusOK {
			t.Errorf("rollback: %d %s", a.Status, a.Body)
		}
		var refused struct {
			Message string
			Errors  []string
		}
		p.Do(http.MethodPost, base+"/deploy", h, object{"extensions": []object{{"extension_id": "x", "target": "nowhere"}}}).Into(http.StatusBadRequest, &refused)
		if refused.Message == "" || len(refused.Errors) < 2 {
			t.Errorf("refused: %+v", refused)
		}
	}
}
