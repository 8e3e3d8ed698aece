package web

import (
	"encoding/json"
	"errors"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/problem"
)

// parcel has a field of every kind that bodies have.
type parcel struct {
	api.StatusChange
	Name     string            `json:"name"`
	Quantity int64             `json:"quantity"`
	Price    api.Money         `json:"price"`
	Since    *api.Time         `json:"since"`
	Active   api.Flag          `json:"active"`
	Note     *string           `json:"note"`
	Tags     []string          `json:"tags"`
	Items    []parcelItem      `json:"items"`
	To       *parcelItem       `json:"to"`
	Extra    map[string]int    `json:"extra"`
	Weight   float64           `json:"weight"`
	Gift     bool              `json:"gift"`
	Scopes   api.ScopeSet      `json:"scopes"`
	Hidden   string            `json:"-"`
	Labels   map[string]string `json:"labels"`
}

type parcelItem struct {
	SKUID    int64     `json:"sku_id"`
	Price    api.Money `json:"price"`
	Children []parcelItem
}

func decode[T any](body, contentType string, strict bool) (T, http.Header, error) {
	r := httptest.NewRequest(http.MethodPost, "/", strings.NewReader(body))
	r.Header.Set("Content-Type", contentType)
	w := httptest.NewRecorder()
	r.Body = http.MaxBytesReader(w, r.Body, maxBody)
	v, err := Decode[T](w, r.WithContext(withStrict(r.Context(), strict)))
	return v, w.Header(), err
}

func TestDecodeReadsEveryKind(t *testing.T) {
	t.Parallel()
	got, header, err := decode[parcel](` {"status":"hold","name":"ফুল 🌸","quantity":-3,"price":12.5,"since":"2026-01-31T06:00:00+06:00",
		"active":1,"note":null,"tags":["a",null],"items":[{"sku_id":1,"price":0.01},{"Children":[{"sku_id":2}]}],
		"to":{"sku_id":9},"extra":{"n":1},"weight":1.25,"gift":true,"scopes":["read:orders"]} `, "application/json; charset=utf-8", true)
	since := api.At(1769817600000)
	want := parcel{
		StatusChange: api.StatusChange{Status: "hold"}, Name: "ফুল 🌸", Quantity: -3, Price: 1250, Since: &since, Active: true,
		Tags: []string{"a", ""}, Items: []parcelItem{{SKUID: 1, Price: 1}, {Children: []parcelItem{{SKUID: 2}}}},
		To: &parcelItem{SKUID: 9}, Extra: map[string]int{"n": 1}, Weight: 1.25, Gift: true, Scopes: api.ScopeSet{"read:orders"},
	}
	if err != nil || len(header) != 0 {
		t.Fatalf("%v, %v", err, header)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestDecodeRefusesBodies(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		body, contentType string
		status            int
		message           string
	}{
		"no content type":  {`{}`, "", 415, "Content-Type: application/json"},
		"form":             {`a=1`, "application/x-www-form-urlencoded", 415, "Content-Type: application/json"},
		"like JSON":        {`{}`, "application/jsonp", 415, "Content-Type: application/json"},
		"bad content type": {`{}`, ";;", 415, "Content-Type: application/json"},
		"empty":            {"", "", 400, "is empty"},
		"blank":            {" \n", "", 400, "is empty"},
		"cut off":          {`{"name":"a`, "", 400, "not valid JSON: unexpected end of JSON input at byte 10."},
		"text after":       {`{"name":"a"} x`, "", 400, "invalid character 'x' after top-level value at byte 14."},
		"second value":     {`{}{}`, "", 400, "after top-level value"},
		"comment":          {`{/**/}`, "", 400, "not valid JSON"},
		"deep":             {strings.Repeat("[", 20_000), "", 400, "exceeded max depth"},
		"bad UTF-8":        {"{\"name\":\"\xff\"}", "", 400, "not valid UTF-8"},
		"null":             {`null`, "", 400, "must be a JSON object"},
		"array":            {`[{}]`, "", 400, "must be a JSON object"},
		"string":           {`"x"`, "", 400, "must be a JSON object"},
		"huge":             {`{"name":"` + strings.Repeat("a", maxBody) + `"}`, "", 413, "at most 1048576 bytes"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			contentType := test.contentType
			if test.status != http.StatusUnsupportedMediaType {
				contentType = "application/json"
			}
			_, _, err := decode[parcel](test.body, contentType, false)
			p, ok := err.(*problem.Problem)
			if !ok || p.Status != test.status || !strings.Contains(p.Message, test.message) {
				t.Errorf("got %v", err)
			}
		})
	}
}

func TestDecodeNamesEveryMisfitWithItsPlace(t *testing.T) {
	t.Parallel()
	for body, want := range map[string][]string{
		`{"name":7,"quantity":"2"}`:        {"name must be a string, not a number", "quantity must be a whole number, not a string"},
		`{"quantity":1.5,"price":"12.50"}`: {"quantity must be a whole number, not 1.5", "price must be a number with at most two decimals"},
		`{"quantity":1e3}`:                 {"quantity must be a whole number, not 1e3"},
		`{"quantity":9223372036854775808}`: {"quantity must be a whole number, not 9223372036854775808"},
		`{"weight":"1","gift":0}`:          {"weight must be a number, not a string", "gift must be true or false, not a number"},
		`{"active":2,"since":"yesterday"}`: {"active must be 0 or 1", "since must be an ISO 8601 time such as 2025-06-15T10:30:00.000Z"},
		`{"status":["hold"]}`:              {"status must be a string, not an array"},
		`{"items":{}}`:                     {"items must be an array, not an object"},
		`{"items":[{},{"price":1.001},{"sku_id":true},"x"]}`: {
			"items[1].price must be a number with at most two decimals", "items[2].sku_id must be a whole number, not true or false",
			"items[3] must be an object, not a string",
		},
		`{"items":[{"Children":[{"sku_id":[]}]}]}`: {"items[0].Children[0].sku_id must be a whole number, not an array"},
		`{"to":false,"tags":"a"}`:                  {"to must be an object, not false", "tags must be an array, not a string"},
		`{"to":{"price":-0.005}}`:                  {"to.price must be a number with at most two decimals"},
		`{"extra":{"n":"x"}}`:                      {"extra must be a whole number, not a string"},
		`{"name":"a","name":"a"}`:                  {"name is given twice"},
		`{"nope":1,"nope":1}`:                      {"nope is given twice"},
		`{"to":{"sku_id":1,"sku_id":2}}`:           {"to.sku_id is given twice"},
		`{"name":"a\u0000b"}`:                      {"name must not contain the character U+0000"},
	} {
		_, _, err := decode[parcel](body, "application/json", false)
		p, ok := err.(*problem.Problem)
		if !ok || p.Status != 400 || p.Code != api.CodeValidation {
			t.Errorf("%s: got %v", body, err)
			continue
		}
		if diff := cmp.Diff(want, complaints(p.Fields)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", body, diff)
		}
	}
}

func complaints(fields []api.FieldError) (list []string) {
	for _, f := range fields {
		list = append(list, f.Field+" "+f.Message)
	}
	return list
}

func TestDecodeUnknownFields(t *testing.T) {
	t.Parallel()
	body := `{"stauts":"a","Name":"b","hidden":1,"items":[{"sku":1}],"to":{"pirce":1},"colour":1,"extra":{"any":1}}`
	want := []string{
		"stauts is not a field of this request; did you mean status?",
		"Name is not a field of this request; did you mean name?",
		"hidden is not a field of this request",
		"items[0].sku is not a field of this request",
		"to.pirce is not a field of this request; did you mean price?",
		"colour is not a field of this request",
	}
	got, header, err := decode[parcel](body, "application/json", false)
	if err != nil || got.Name != "" || got.Extra["any"] != 1 {
		t.Errorf("%+v, %v", got, err)
	}
	if diff := cmp.Diff(want, header[http.CanonicalHeaderKey(api.HeaderWarning)]); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	_, header, err = decode[parcel](body, "application/json", true)
	p, ok := err.(*problem.Problem)
	if !ok || p.Status != 400 || len(header) != 0 {
		t.Fatalf("strict: %v, %v", err, header)
	}
	if diff := cmp.Diff(want, complaints(p.Fields)); diff != "" {
		t.Errorf("strict (-want +got):\n%s", diff)
	}
}

func TestWarningsStayShortAndPrintable(t *testing.T) {
	t.Parallel()
	_, header, err := decode[parcel](`{"a\r\nSet-Cookie: x=1":1,"ফুল":1,"`+strings.Repeat("n", 100_000)+`":1}`, "application/json", false)
	if err != nil {
		t.Fatal(err)
	}
	want := []string{
		"a??Set-Cookie: x=1 is not a field of this request",
		"??? is not a field of this request",
		strings.Repeat("n", maxNameLength) + "... is not a field of this request",
	}
	if diff := cmp.Diff(want, header.Values(api.HeaderWarning)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	many := "{" + manyNames(1000) + "}"
	if _, header, err = decode[parcel](many, "application/json", false); err != nil || len(header.Values(api.HeaderWarning)) != maxComplaints {
		t.Errorf("%d warnings, %v", len(header.Values(api.HeaderWarning)), err)
	}
	_, _, err = decode[parcel](`{"items":[`+strings.Repeat("1,", 1000)+`1]}`, "application/json", false)
	if p, ok := err.(*problem.Problem); !ok || len(p.Fields) != maxComplaints {
		t.Errorf("got %v", err)
	}
}

func manyNames(n int) string {
	names := make([]string, n)
	for i := range names {
		names[i] = `"unknown` + strings.Repeat("x", i) + `":1`
	}
	return strings.Join(names, ",")
}

func TestDeepNestingIsRefused(t *testing.T) {
	t.Parallel()
	body := strings.Repeat(`{"Children":[`, 100) + strings.Repeat("]}", 100)
	_, _, err := decode[parcelItem](body, "application/json", false)
	if p, ok := err.(*problem.Problem); !ok || len(p.Fields) != 1 || p.Fields[0].Message != "is nested too deeply" {
		t.Errorf("got %v", err)
	}
}

// FuzzDecode compares with encoding/json where the two agree to differ least:
// whatever Decode accepts in strict mode reads the same both ways.
func FuzzDecode(f *testing.F) {
	for _, seed := range []string{
		`{"name":"a","items":[{"sku_id":1}]}`, `{"price":12.5,"note":null,"to":{}}`, `{"status":"x","Status":"y"}`, `[]`, `{"tags":[null]}`,
		`{"since":"2026-01-31T06:00:00Z","active":true,"extra":{"a":1},"labels":null}`, "{\"a\\r\\n\":1}",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, body string) {
		got, _, err := decode[parcel](body, "application/json", true)
		if err != nil {
			if _, ok := err.(*problem.Problem); !ok {
				t.Fatalf("not a problem: %v", err)
			}
			_, header, _ := decode[parcel](body, "application/json", false)
			if slices.ContainsFunc(header.Values(api.HeaderWarning), func(s string) bool { return strings.ContainsAny(s, "\r\n\x00") }) {
				t.Fatalf("unsafe warning %q", header)
			}
			return
		}
		var want parcel
		if err := json.Unmarshal([]byte(body), &want); err != nil {
			t.Fatalf("accepted what encoding/json refuses: %v", err)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Fatalf("(-encoding/json +Decode):\n%s", diff)
		}
	})
}

func TestDecodeFillsChanges(t *testing.T) {
	t.Parallel()
	type update struct {
		Name  api.Change[string]     `json:"name,omitzero"`
		Note  api.Change[string]     `json:"note,omitzero"`
		To    api.Change[parcelItem] `json:"to,omitzero"`
		Price api.Change[api.Money]  `json:"price,omitzero"`
	}
	got, _, err := decode[update](`{"name":"rose","note":null,"to":{"sku_id":9}}`, "application/json", true)
	want := update{Name: api.To("rose"), Note: api.Change[string]{Given: true}, To: api.To(parcelItem{SKUID: 9})}
	if diff := cmp.Diff(want, got); diff != "" || err != nil {
		t.Errorf("%v (-want +got):\n%s", err, diff)
	}
	_, _, err = decode[update](`{"name":7,"note":"a\u0000","to":{"sku_id":"9"},"price":1.234}`, "application/json", true)
	var p *problem.Problem
	if !errors.As(err, &p) {
		t.Fatal(err)
	}
	refused := []api.FieldError{
		{Field: "name", Message: "must be a string, not a number"},
		{Field: "note", Message: "must not contain the character U+0000"},
		{Field: "to.sku_id", Message: "must be a whole number, not a string"},
		{Field: "price", Message: api.ErrMoney.Error()},
	}
	if diff := cmp.Diff(refused, p.Fields); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
