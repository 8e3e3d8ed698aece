// Package restock is the app: what it keeps for each store, the pages of its
// frame and what it does when the platform tells it something.
//
// Read app.go for the routes, then one file a subject: install.go (the merchant
// agrees), token.go (keeping access), pages.go (the page in the dashboard),
// data.go (what the page asks for), webhook.go (what happens in the store),
// product.go, buy.go and shop.go (being paid), waiting.go and message.go (who is told
// what), outbox.go (telling them), settings.go, privacy.go, report.go,
// extensions.go and deploy.go (pieces of the dashboard's own pages).
//
// Two rules keep stores apart: the store of a request comes from a verified
// session token and from nowhere else, and every query names a store.
package restock
