package platformtest

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strconv"

	"github.com/selorax/sandbox/platform/api"
)

// call is one request of a signed-in user; it holds the platform's lock.
type call struct {
	*http.Request
	account api.Account
	storeID int64 // of store_id or of the path
}

func (c call) id(name string) int64 {
	n, _ := strconv.ParseInt(c.PathValue(name), 10, 64)
	return n
}

func (c call) number(name string, otherwise int) int {
	if n, err := strconv.Atoi(c.URL.Query().Get(name)); err == nil {
		return n
	}
	return otherwise
}

// handler is the table of the platform's routes. Each answers with data for
// an envelope, with a whole list, or with an error.
func (p *Platform) handler() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /readyz", func(w http.ResponseWriter, _ *http.Request) { answer(w, "Ready.", struct{}{}) })
	mux.HandleFunc("POST /api/auth/login", p.login)
	mux.HandleFunc("GET /api/apps/oauth/authorize", p.authorize)
	mux.HandleFunc("GET /api/live", p.serveFeed(&p.live))
	mux.HandleFunc("GET /media/{kind}/{file}", picture)
	for _, part := range []func(*http.ServeMux){
		p.billingRoutes, p.webhookRoutes, p.sandboxRoutes, p.clockRoutes, p.faultRoutes, p.inspectorRoutes, p.discountRoutes, p.recordRoutes, p.shippingRoutes, p.portalRoutes,
	} {
		part(mux)
	}
	for pattern, route := range map[string]func(call) (any, error){
		"GET /api/auth/me":                                                  func(c call) (any, error) { return c.account, nil },
		"POST /api/auth/logout":                                             p.logout,
		"GET /api/stores/{store_id}/home":                                   p.home,
		"GET /api/stores/{store_id}/orders":                                 p.listOrders,
		"GET /api/stores/{store_id}/orders/{id}":                            p.getOrder,
		"PUT /api/stores/{store_id}/orders/{id}/status":                     p.moveOrder,
		"GET /api/stores/{store_id}/products":                               p.listProducts,
		"GET /api/stores/{store_id}/products/{id}":                          p.getProduct,
		"GET /api/apps/scopes":                                              func(call) (any, error) { return api.Scopes(), nil },
		"GET /api/apps/marketplace":                                         p.marketplace,
		"GET /api/apps/marketplace/{slug}":                                  p.marketplaceApp,
		"GET /api/apps/installations":                                       p.listInstallations,
		"GET /api/apps/installations/{id}":                                  p.getInstallation,
		"POST /api/apps/installations/{id}/uninstall":                       p.uninstall,
		"GET /api/apps/oauth/requests/{request}":                            p.consentRequest,
		"POST /api/apps/oauth/requests/{request}/decision":                  p.decide,
		"GET /api/apps/session/embed-params":                                p.embedParams,
		"POST /api/apps/session/session-token":                              p.sessionToken,
		"GET /api/stores/{store_id}/custom-apps":                            p.listCustom,
		"POST /api/stores/{store_id}/custom-apps":                           p.createCustom,
		"GET /api/stores/{store_id}/custom-apps/{app_id}":                   p.getCustom,
		"PUT /api/stores/{store_id}/custom-apps/{app_id}":                   p.updateCustom,
		"DELETE /api/stores/{store_id}/custom-apps/{app_id}":                p.deleteCustom,
		"POST /api/stores/{store_id}/custom-apps/{app_id}/regenerate-token": p.regenerateToken,
		"POST /api/stores/{store_id}/custom-apps/{app_id}/rotate-secret":    p.rotateSecret,
		"GET /api/stores/{store_id}/customers":                              p.listCustomers,
		"GET /api/stores/{store_id}/customers/{id}":                         p.getCustomer,
		"GET /api/stores/{store_id}/privacy-requests":                       p.listPrivacy,
		"POST /api/stores/{store_id}/privacy-requests":                      p.askPrivacy,
		"GET /api/stores/{store_id}/messages":                               p.listMessages,
		"GET /api/apps/extensions":                                          p.listExtensions,
		"GET /api/apps/{app_id}/extensions/versions":                        p.listVersions,
		"POST /api/apps/{app_id}/extensions/rollback":                       p.rollback,
		"GET /api/apps/extensions/places":                                   p.listPlaces,
		"PUT /api/apps/extensions/{extension_id}/settings":                  p.saveSettings,
		"POST /api/apps/extensions/action":                                  p.actOnExtension,
		"POST /api/apps/extensions/api":                                     p.callAPI,
	} {
		mux.HandleFunc(pattern, p.forUser(route))
	}
	mux.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) { writeError(w, notFound("No route %s.", r.URL.Path)) })
	return p.note(mux)
}

// named gives a request the id that stands in its path.
func named(id string, next http.HandlerFunc) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		r.SetPathValue("id", id)
		next(w, r)
	}
}

// note records the request and fails it if the platform was told to.
func (p *Platform) note(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		r.Body = io.NopCloser(bytes.NewReader(body))
		p.mu.Lock()
		p.requests = append(p.requests, Request{r.Method, r.URL.RequestURI(), r.Header.Clone(), string(body)})
		fail := p.failure
		p.mu.Unlock()
		if fail == nil {
			next.ServeHTTP(w, r)
			return
		}
		switch status := fail(r); status {
		case 0:
			next.ServeHTTP(w, r)
		case 1:
			panic(http.ErrAbortHandler)
		default:
			writeError(w, refuse(status, api.CodeInternal, "Something went wrong."))
		}
	})
}

func (p *Platform) forUser(route func(call) (any, error)) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		p.mu.Lock()
		defer p.mu.Unlock()
		email, ok := p.sessions[r.Header.Get(api.HeaderAuthToken)]
		if !ok {
			writeError(w, refuse(http.StatusUnauthorized, api.CodeSessionRequired, "Sign in."))
			return
		}
		c := call{Request: r, account: accounts[email]}
		if c.storeID = c.id("store_id"); c.storeID == 0 {
			c.storeID = int64(c.number("store_id", 0))
		}
		if c.storeID != 0 && !slices.ContainsFunc(c.account.Stores, func(s api.StoreRef) bool { return s.StoreID == c.storeID }) {
			writeError(w, notFound("No store %d that you may open.", c.storeID))
			return
		}
		data, err := route(c)
		if err != nil {
			writeError(w, err)
			return
		}
		answer(w, "Done.", data)
	}
}

type refusal api.Error

func (r *refusal) Error() string { return r.Message }

func refuse(status int, code, format string, args ...any) error {
	return &refusal{Status: status, Code: code, Message: fmt.Sprintf(format, args...), RequestID: "req_test"}
}

func notFound(format string, args ...any) error {
	return refuse(http.StatusNotFound, api.CodeNotFound, format, args...)
}

// whole is an answer that needs no envelope.
type whole struct{ any }

func page[T any](c call, all []T) (any, error) {
	number, limit := max(1, c.number("page", 1)), min(250, max(1, c.number("limit", 50)))
	from := min(len(all), (number-1)*limit)
	to := min(len(all), from+limit)
	return whole{api.List[T]{Message: "Fetched.", Data: append([]T{}, all[from:to]...), Status: 200, Pagination: api.Pagination{
		Page: number, Limit: limit, Total: len(all), TotalPages: (len(all) + limit - 1) / limit,
	}}}, nil
}

func answer(w http.ResponseWriter, message string, data any) {
	w.Header().Set("Content-Type", "application/json")
	if list, ok := data.(whole); ok {
		_ = json.NewEncoder(w).Encode(list.any)
		return
	}
	_ = json.NewEncoder(w).Encode(api.Envelope[any]{Message: message, Data: data, Status: 200})
}

func writeError(w http.ResponseWriter, err error) {
	r, ok := err.(*refusal)
	if !ok {
		r = &refusal{Status: 500, Code: api.CodeInternal, Message: err.Error()}
	}
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(r.Status)
	_ = json.NewEncoder(w).Encode(api.Error(*r))
}
