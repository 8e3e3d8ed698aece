package web

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/selorax/sandbox/platform/api"
)

func TestNothingThereAndWrongMethod(t *testing.T) {
	t.Parallel()
	b := newBench()
	b.Public(http.MethodGet, "/things", nothing)
	b.Public(http.MethodPost, "/things", nothing)
	b.Public(http.MethodPut, "/things/{id}", nothing)
	for line, want := range map[string]struct {
		status int
		code   string
		allow  string
	}{
		"GET /none":       {404, api.CodeNotFound, ""},
		"GET //things":    {404, api.CodeNotFound, ""},
		"POST /things/":   {404, api.CodeNotFound, ""},
		"DELETE /things":  {405, api.CodeMethodNotAllowed, "GET, HEAD, POST"},
		"OPTIONS /things": {405, api.CodeMethodNotAllowed, "GET, HEAD, POST"},
		"GET /things/7":   {405, api.CodeMethodNotAllowed, "PUT"},
		"HEAD /things/7":  {405, api.CodeMethodNotAllowed, "PUT"},
	} {
		w := b.ask(line, "")
		if e := refusal(t, w); e.Status != want.status || e.Code != want.code || w.Header().Get("Allow") != want.allow {
			t.Errorf("%s: %+v, Allow %q", line, e, w.Header().Get("Allow"))
		}
	}
}

func TestHeadAnswersLikeGet(t *testing.T) {
	t.Parallel()
	b := newBench()
	b.Public(http.MethodGet, "/things", func(w http.ResponseWriter, _ *http.Request) error {
		return OK(w, strings.Repeat("x", 10_000), 0) // more than net/http would count by itself
	})
	server := httptest.NewServer(b.Handler())
	defer server.Close()
	res, err := server.Client().Head(server.URL + "/things")
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	if want := int64(b.ask("GET /things", "").Body.Len()); res.StatusCode != 200 || res.ContentLength != want {
		t.Errorf("%d, Content-Length %d, want %d", res.StatusCode, res.ContentLength, want)
	}
}

func TestWhoMayCall(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		line, as, code string // no code: the handler runs
	}{
		{"GET /app/any", "app", ""},
		{"GET /app/orders", "app", ""}, // write:orders implies read:orders
		{"GET /app/products", "app", api.CodeInsufficientScope},
		{"GET /app/any", "user", api.CodeMissingToken},
		{"GET /app/any", "", api.CodeMissingToken},
		{"GET /app/any?store_id=22", "app", ""},
		{"GET /app/any?store_id=23", "app", api.CodeNotFound},
		{"GET /user", "user", ""},
		{"GET /user", "app", api.CodeMissingToken},
		{"GET /user?store_id=23", "user", ""},
		{"GET /user?store_id=24", "user", api.CodeNotFound},
		{"GET /user", "user-on-23", ""},
		{"GET /user?store_id=23", "user-on-23", ""},
		{"GET /user?store_id=22", "user-on-23", api.CodeValidation},
		{"GET /user/22", "user-on-23", api.CodeValidation},
		{"GET /user", "user-on-99", api.CodeNotFound}, // what the authenticator found is no right
		{"GET /user?store_id=99", "user-on-99", api.CodeNotFound},
		{"GET /user?store_id=0", "user", api.CodeValidation},
		{"GET /user?store_id=x", "user", api.CodeValidation},
		{"GET /user?store_id=22&store_id=24", "user", api.CodeValidation},
		{"GET /user?store_id=24&store_id=22", "user", api.CodeValidation},
		{"GET /user?store_id=22;store_id=24", "user", api.CodeValidation},
		{"GET /user/22", "user", ""},
		{"GET /user/24", "user", api.CodeNotFound},
		{"GET /user/x", "user", api.CodeNotFound},
		{"GET /user/022", "user", api.CodeNotFound},
		{"GET /user/+22", "user", api.CodeNotFound},
		{"GET /user/22?store_id=22", "user", ""},
		{"GET /user/22?store_id=23", "user", api.CodeValidation},
		{"GET /user/22?store_id=24", "user", api.CodeValidation},
		{"GET /user/24?store_id=22", "user", api.CodeValidation},
		{"GET /control", "control", ""},
		{"GET /control", "user", api.CodeMissingToken},
	} {
		t.Run(test.line+" as "+test.as, func(t *testing.T) {
			t.Parallel()
			b, ran := newBench(), false
			h := func(w http.ResponseWriter, r *http.Request) error { ran = true; return nothing(w, r) }
			b.ForApp(http.MethodGet, "/app/any", "", h)
			b.ForApp(http.MethodGet, "/app/orders", api.ReadOrders, h)
			b.ForApp(http.MethodGet, "/app/products", api.ReadProducts, h)
			b.ForUser(http.MethodGet, "/user", h)
			b.ForUser(http.MethodGet, "/user/{store_id}", h)
			b.ForControl(http.MethodGet, "/control", h)
			w := b.ask(test.line, "", "X-As: "+test.as)
			if ran != (test.code == "") {
				t.Errorf("the handler ran: %v; %d %s", ran, w.Code, w.Body)
			}
			if test.code != "" && refusal(t, w).Code != test.code {
				t.Errorf("got %s", w.Body)
			}
		})
	}
}

func TestCallerOfRequest(t *testing.T) {
	t.Parallel()
	b := newBench()
	show := func(w http.ResponseWriter, r *http.Request) error {
		storeID, err := NeedStore(r)
		if err != nil {
			return err
		}
		return OK(w, CallerOf(r).Name, storeID)
	}
	b.ForUser(http.MethodGet, "/user", show)
	b.ForUser(http.MethodGet, "/user/{store_id}", show)
	b.ForApp(http.MethodGet, "/app", "", show)
	b.Public(http.MethodGet, "/public", show)
	for line, want := range map[string]string{
		"GET /user?store_id=22 user": `"Merchant","data":22`,
		"GET /user/23 user":          `"Merchant","data":23`,
		"GET /user user":             "store_id is required",
		"GET /user user-on-23":       `"Merchant","data":23`,
		"GET /app app":               `"App","data":22`,
		"GET /public user":           "store_id is required",
	} {
		i := strings.LastIndex(line, " ")
		if w := b.ask(line[:i], "", "X-As: "+line[i+1:]); !strings.Contains(w.Body.String(), want) {
			t.Errorf("%s: %s", line, w.Body)
		}
	}
}

func TestPathSegmentsAreDecodedOnce(t *testing.T) {
	t.Parallel()
	b := newBench()
	b.Public(http.MethodGet, "/app/{slug}", func(w http.ResponseWriter, r *http.Request) error {
		return OK(w, PathText(r, "slug"), 0)
	})
	b.Public(http.MethodGet, "/order/{order_id}", func(w http.ResponseWriter, r *http.Request) error {
		n, err := PathID(r, "order_id")
		if err != nil {
			return err
		}
		return OK(w, "Order.", n)
	})
	for target, want := range map[string]string{
		"/app/a%2Fb":                  `"a/b"`,
		"/app/a%252Fb":                `"a%2Fb"`,
		"/app/a%20b+c":                `"a b+c"`,
		"/app/%E0%A6%AB%E0%A7%81":     `"ফু"`,
		"/app/a/b":                    api.CodeNotFound,
		"/app/..%2F..":                `"../.."`,
		"/order/7":                    `"data":7`,
		"/order/%37":                  `"data":7`,
		"/order/7%2F8":                "No order 7/8 in this store.",
		"/order/-7":                   "No order -7 in this store.",
		"/order/99999999999999999999": "No order 99999999999999999999 in this store.",
	} {
		if w := b.ask("GET "+target, ""); !strings.Contains(w.Body.String(), want) {
			t.Errorf("%s: %s", target, w.Body)
		}
	}
}

func TestControlIsAlwaysStrict(t *testing.T) {
	t.Parallel()
	read := func(w http.ResponseWriter, r *http.Request) error {
		if _, err := Decode[api.StatusChange](w, r); err != nil {
			return err
		}
		return nothing(w, r)
	}
	for _, strict := range []bool{false, true} {
		b := newBench()
		b.Strict = strict
		b.ForUser(http.MethodPost, "/user", read)
		b.ForControl(http.MethodPost, "/control", read)
		body := `{"status":"hold","stauts":1}`
		if w := b.ask("POST /control", body, "X-As: control"); w.Code != 400 {
			t.Errorf("control answered %d", w.Code)
		}
		if w := b.ask("POST /user", body, "X-As: user"); (w.Code == 400) != strict {
			t.Errorf("strict %v: answered %d", strict, w.Code)
		}
	}
}

func TestPathsThatAreNoTextAreNotFound(t *testing.T) {
	t.Parallel()
	b := newBench()
	b.Public(http.MethodGet, "/things/{name}", func(w http.ResponseWriter, r *http.Request) error {
		return OK(w, "Fetched.", PathText(r, "name"))
	})
	for _, path := range []string{"/things/%00", "/things/%ff", "/%ff"} {
		if w := b.ask("GET "+path, ""); w.Code != http.StatusNotFound {
			t.Errorf("%s: %d %s", path, w.Code, w.Body)
		}
	}
	if w := b.ask("GET /things/%E0%A6%AB", ""); w.Code != http.StatusOK {
		t.Errorf("a Bangla letter after them: %d %s", w.Code, w.Body)
	}
}
