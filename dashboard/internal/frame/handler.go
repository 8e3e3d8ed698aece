package frame

import (
	"encoding/json"
	"errors"
	"log/slog"
	"net/http"
	"strconv"

	"github.com/selorax/sandbox/platform/api"
)

// What a Resolve function may answer besides an address.
var (
	ErrSignedOut    = errors.New("frame: not signed in")
	ErrNotInstalled = errors.New("frame: not installed on a store of the user")
)

// Handler serves GET /frame/probe?store_id=&app_id=: a [Result] as JSON, or an
// api.Error. It only ever asks addresses that Resolve returned.
type Handler struct {
	Prober Prober
	// Resolve returns the address that the frame of an app is opened with, if
	// the signed-in user may open the store and the app is installed there;
	// otherwise ErrSignedOut or ErrNotInstalled. Other errors mean that the
	// platform could not be asked. A signed address is best: the app then
	// answers as it would answer the frame.
	Resolve func(r *http.Request, storeID, appID int64) (appURL string, err error)
	Log     *slog.Logger
}

// ServeHTTP answers with what the probe found.
func (h Handler) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.Method != http.MethodGet {
		w.Header().Set("Allow", http.MethodGet)
		refuse(w, http.StatusMethodNotAllowed, api.CodeMethodNotAllowed, "Use GET.")
		return
	}
	storeID, appID := id(r, "store_id"), id(r, "app_id")
	if storeID == 0 || appID == 0 {
		refuse(w, http.StatusBadRequest, api.CodeValidation, "store_id and app_id are required: whole numbers above 0.")
		return
	}
	appURL, err := h.Resolve(r, storeID, appID)
	switch {
	case errors.Is(err, ErrSignedOut):
		refuse(w, http.StatusUnauthorized, api.CodeSessionRequired, "Sign in first.")
	case errors.Is(err, ErrNotInstalled):
		refuse(w, http.StatusNotFound, api.CodeNotInstalled, "The app is not installed on this store.")
	case err != nil:
		h.Log.WarnContext(r.Context(), "frame.resolve", "store_id", storeID, "app_id", appID, "error", err)
		refuse(w, http.StatusBadGateway, api.CodeInternal, "The platform did not say where the app is.")
	default:
		result := h.Prober.Probe(r.Context(), appURL)
		h.Log.InfoContext(r.Context(), "frame.probe", "store_id", storeID, "app_id", appID, "state", result.State, "status", result.Status)
		answer(w, http.StatusOK, result)
	}
}

// id returns the number of a query parameter, 0 if there is no valid one.
func id(r *http.Request, name string) int64 {
	n, err := strconv.ParseInt(r.URL.Query().Get(name), 10, 64)
	if err != nil || n < 0 {
		return 0
	}
	return n
}

func refuse(w http.ResponseWriter, status int, code, message string) {
	answer(w, status, api.Error{Message: message, Code: code, Status: status})
}

// answer writes JSON. The client being gone is the only way it can fail.
func answer(w http.ResponseWriter, status int, body any) {
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Cache-Control", "no-store")
	w.Header().Set("X-Content-Type-Options", "nosniff")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(body)
}
