package restock

import (
	"crypto/subtle"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/selorax/sandbox/sampleapp/selorax"
)

// flowCookie remembers an authorization that this browser started here: its
// state and its PKCE verifier.
const (
	flowCookie = "restock_flow"
	flowLife   = 10 * time.Minute
	ownState   = "restock-" // begins the state of every flow that starts here
)

// install starts the OAuth flow for a store, for merchants who come from a
// link of ours and not from the marketplace.
func (a *App) install(w http.ResponseWriter, r *http.Request) {
	storeID, err := strconv.ParseInt(r.URL.Query().Get("store_id"), 10, 64)
	if err != nil || storeID < 1 {
		a.say(w, r, http.StatusBadRequest, "Which store?", "Open this address with the store's number, as in /install?store_id=22.")
		return
	}
	state := ownState + selorax.Random()
	verifier, challenge := selorax.NewPKCE()
	http.SetCookie(w, &http.Cookie{
		Name: flowCookie, Value: state + "." + verifier, Path: "/oauth/callback", MaxAge: int(flowLife.Seconds()),
		HttpOnly: true, SameSite: http.SameSiteLaxMode, Secure: strings.HasPrefix(a.PublicURL, "https:"),
	})
	http.Redirect(w, r, a.Platform.AuthorizeURL(selorax.Authorization{
		StoreID: storeID, RedirectURI: a.callbackURL(), Scopes: Scopes, State: state, Challenge: challenge,
	}), http.StatusFound)
}

func (a *App) callbackURL() string { return a.PublicURL + "/oauth/callback" }

// callback is where the merchant's browser comes back to, with a code or with
// a refusal.
func (a *App) callback(w http.ResponseWriter, r *http.Request) {
	q := r.URL.Query()
	verifier, ok := a.finishFlow(w, r, q.Get("state"))
	switch {
	case !ok:
		a.say(w, r, http.StatusBadRequest, "This is not the installation you started",
			"The answer belongs to another attempt. Start again from the app's page in the marketplace.")
		return
	case q.Get("error") == "access_denied":
		a.say(w, r, http.StatusOK, "Restock was not installed", "You cancelled, so nothing was changed. You can install it from the marketplace at any time.")
		return
	case q.Get("code") == "":
		a.Log.WarnContext(r.Context(), "install.refused", "error", q.Get("error"))
		a.say(w, r, http.StatusBadRequest, "The installation did not go through", "Start again from the app's page in the marketplace.")
		return
	}
	a.finish(w, r, q.Get("code"), verifier)
}

// finish exchanges the code and opens the app in the dashboard.
func (a *App) finish(w http.ResponseWriter, r *http.Request, code, verifier string) {
	token, err := a.Platform.ExchangeCode(r.Context(), code, a.callbackURL(), verifier)
	if err == nil {
		err = a.keep(r.Context(), token)
	}
	switch {
	case selorax.IsRevoked(err):
		a.Log.WarnContext(r.Context(), "install.refused", "error", err)
		a.say(w, r, http.StatusBadRequest, "The platform did not accept the code",
			"Codes live one minute and are good once. Start again from the app's page in the marketplace.")
		return
	case err != nil:
		a.Log.ErrorContext(r.Context(), "install.failed", "error", err)
		a.say(w, r, http.StatusBadGateway, "The installation did not go through",
			"The app could not finish it with the platform. Start again from the app's page in the marketplace.")
		return
	}
	a.Log.InfoContext(r.Context(), "install.done", "store_id", token.StoreID, "installation_id", token.InstallationID)
	http.Redirect(w, r, fmt.Sprintf("%s/%d/apps/e/%s", a.DashboardURL, token.StoreID, Slug), http.StatusSeeOther)
}

// finishFlow checks an answer's state. One of our own must be that of the flow
// which this browser started here, and that flow is over then. Any other was
// chosen by the dashboard, for an installation from the marketplace. That is
// safe without a check of ours: the callback signs nobody in, so there is no
// session to plant; the code is good once and bound to this app, this address
// and the store whose owner agreed; and who looks at the app is told by session
// tokens alone.
func (a *App) finishFlow(w http.ResponseWriter, r *http.Request, state string) (verifier string, ok bool) {
	if !strings.HasPrefix(state, ownState) {
		return "", state != ""
	}
	cookie, err := r.Cookie(flowCookie)
	if err != nil {
		return "", false
	}
	http.SetCookie(w, &http.Cookie{Name: flowCookie, Path: "/oauth/callback", MaxAge: -1, HttpOnly: true, SameSite: http.SameSiteLaxMode})
	started, verifier, _ := strings.Cut(cookie.Value, ".")
	return verifier, subtle.ConstantTimeCompare([]byte(started), []byte(state)) == 1
}
