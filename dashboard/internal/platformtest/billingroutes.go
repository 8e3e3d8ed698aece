package platformtest

import "net/http"

// billingRoutes is the part of the table that is about money.
func (p *Platform) billingRoutes(mux *http.ServeMux) {
	for _, id := range []string{"1", "2"} { // {id} would clash with the words that stand there
		mux.HandleFunc("GET /api/apps/"+id+"/earnings", named(id, p.forUser(p.getEarnings)))
		mux.HandleFunc("GET /api/apps/"+id+"/statement", named(id, p.forUser(p.listStatement)))
		mux.HandleFunc("GET /api/apps/"+id+"/statement.csv", named(id, statementCSV))
	}
	for pattern, route := range map[string]func(call) (any, error){
		"GET /api/apps/billing/charges":                   p.listCharges,
		"GET /api/apps/billing/charges/{id}":              p.getCharge,
		"POST /api/apps/billing/charges/{id}/approve":     p.approveCharge,
		"POST /api/apps/billing/charges/{id}/decline":     p.declineCharge,
		"POST /api/apps/billing/charges/{id}/cancel":      p.cancelCharge,
		"POST /api/apps/billing/charges/{id}/pay":         p.payCharge,
		"POST /api/apps/billing/charges/{id}/resume":      p.resumeCharge,
		"GET /api/apps/billing/charges/{id}/usage":        p.listUses,
		"GET /api/apps/billing/payment-method":            p.getMethod,
		"PUT /api/apps/billing/payment-method":            p.putMethod,
		"GET /api/apps/billing/wallets":                   p.listWallets,
		"GET /api/apps/billing/wallets/{id}":              p.getWallet,
		"GET /api/apps/billing/wallets/{id}/transactions": p.listTransactions,
		"GET /api/apps/development":                       p.listOwnApps,
		"GET /api/apps/revenue":                           p.getRevenue,
	} {
		mux.HandleFunc(pattern, p.forUser(route))
	}
}
