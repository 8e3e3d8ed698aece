package server_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/platformtest"
)

// connections is how many clients ask at once.
const connections = 16

// request makes the n-th request of a benchmark.
type request func(n int64) *http.Request

// BenchmarkHTTP measures whole requests over loopback from 16 connections, the
// bare net/http handler beside them in the same run: ns/op is the time between
// two answers, p50-ms and p99-ms are latencies.
func BenchmarkHTTP(b *testing.B) {
	p := platformtest.Start(b, platformtest.Config{})
	tokens := p.Install("my-app", 22)
	session := platformtest.Data[api.EmbedParams](p.Do(http.MethodGet, "/api/apps/session/embed-params?app_id=2&store_id=22",
		platformtest.User(p.Login(platformtest.FloristMerchant)), nil)).SessionToken
	bare := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		_, _ = io.WriteString(w, `{"message":"Store fetched successfully","data":{"store_id":22},"status":200}`)
	}))
	defer bare.Close()

	c := p.Apps["my-app"]
	verify, err := json.Marshal(api.SessionVerifyRequest{SessionToken: session, ClientID: c.ClientID, ClientSecret: c.ClientSecret})
	if err != nil {
		b.Fatal(err)
	}
	get := func(path string, h platformtest.Header) request {
		return func(int64) *http.Request { return newRequest(b, http.MethodGet, p.URL+path, h, nil) }
	}
	bearer := platformtest.Bearer(tokens.AccessToken)
	stock := p.Do(http.MethodPut, "/api/apps/v1/inventory/150", bearer, map[string]any{"sku_id": 1501, "quantity": 1_000_000_000})
	stock.Into(http.StatusOK, new(json.RawMessage))
	refresh := fmt.Appendf(nil, `{"grant_type":"refresh_token","client_id":%q,"client_secret":%q,"refresh_token":%q}`,
		c.ClientID, c.ClientSecret, tokens.RefreshToken)
	for _, bench := range []struct {
		name string
		request
	}{
		{"bare", func(int64) *http.Request { return newRequest(b, http.MethodGet, bare.URL, nil, nil) }},
		{"store", get("/api/apps/v1/store", bearer)},
		{"store-by-credentials", get("/api/apps/v1/store", p.Client("my-app", 22))},
		{"order", get("/api/apps/v1/orders/1001", bearer)},
		{"orders-50", get("/api/apps/v1/orders", bearer)},
		{"products-50", get("/api/apps/v1/products", bearer)},
		{"session-verify", func(int64) *http.Request {
			return newRequest(b, http.MethodPost, p.URL+"/api/apps/session/verify", nil, verify)
		}},
		{"token-refresh", func(int64) *http.Request { // within the grace of one refresh token
			return newRequest(b, http.MethodPost, p.URL+"/api/apps/oauth/token", nil, refresh)
		}},
		{"order-create", func(int64) *http.Request {
			return newRequest(b, http.MethodPost, p.URL+"/api/apps/v1/orders", bearer, []byte(`{"user_id":301,"items":[{"sku_id":1501,"quantity":1}]}`))
		}},
		{"customer-create", func(n int64) *http.Request {
			body := fmt.Appendf(nil, `{"name":"Rahim Ahmed","phone":"017%08d"}`, n)
			return newRequest(b, http.MethodPost, p.URL+"/api/apps/v1/customers", bearer, body)
		}},
	} {
		b.Run(bench.name, func(b *testing.B) { load(b, bench.request) })
	}
}

func newRequest(b *testing.B, method, url string, h platformtest.Header, body []byte) *http.Request {
	r, err := http.NewRequestWithContext(b.Context(), method, url, bytes.NewReader(body))
	if err != nil {
		b.Fatal(err)
	}
	if body != nil {
		r.Header.Set("Content-Type", "application/json")
	}
	for name, value := range h {
		r.Header.Set(name, value)
	}
	return r
}

// served numbers the requests of all benchmarks, so that none repeats another.
var served atomic.Int64

// load makes b.N requests from all connections and reports how long they took.
func load(b *testing.B, make request) {
	client := &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: connections}}
	defer client.CloseIdleConnections()
	var left atomic.Int64
	left.Store(int64(b.N))
	took := [connections][]time.Duration{}
	var wg sync.WaitGroup
	b.ResetTimer()
	for n := range connections {
		wg.Go(func() {
			for left.Add(-1) >= 0 {
				r := make(served.Add(1))
				began := time.Now()
				res, err := client.Do(r)
				if err != nil {
					b.Error(err)
					return
				}
				text, _ := io.ReadAll(res.Body)
				res.Body.Close()
				took[n] = append(took[n], time.Since(began))
				if res.StatusCode/100 != 2 {
					b.Errorf("%d %s", res.StatusCode, text)
					return
				}
			}
		})
	}
	wg.Wait()
	b.StopTimer()
	all := slices.Concat(took[:]...)
	if len(all) == 0 {
		return
	}
	slices.Sort(all)
	for name, at := range map[string]int{"p50-ms": 50, "p99-ms": 99} {
		b.ReportMetric(float64(all[(len(all)-1)*at/100].Microseconds())/1000, name)
	}
	b.ReportMetric(float64(len(all))/b.Elapsed().Seconds(), "req/s")
}
