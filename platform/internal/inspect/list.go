package inspect

import (
	"net/http"
	"slices"
	"strings"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/db"
	"github.com/selorax/sandbox/platform/internal/web"
)

// filter narrows a list. What is zero narrows nothing.
type filter struct {
	storeID, appID int64
	kind, verdict  string
	search         string
}

func filterOf(r *http.Request, q *web.Query) filter {
	return filter{
		storeID: web.CallerOf(r).StoreID, appID: q.ID("app_id"),
		kind: q.OneOf("kind", api.InspectorKinds), verdict: q.OneOf("verdict", append(slices.Clone(api.InspectorVerdicts), api.InspectorProblem)),
		search: strings.ToLower(q.Text("search")),
	}
}

// admits reports whether an entry belongs to the list.
func (f filter) admits(e *entry) bool {
	switch {
	case f.storeID != 0 && e.StoreID != nil && *e.StoreID != f.storeID,
		f.appID != 0 && (e.AppID == nil || *e.AppID != f.appID),
		f.kind != "" && e.Kind != f.kind,
		f.verdict == api.InspectorProblem && e.Verdict == api.VerdictAccepted,
		f.verdict != "" && f.verdict != api.InspectorProblem && f.verdict != e.Verdict,
		f.search != "" && !e.says(f.search):
		return false
	}
	return true
}

// label is what an entry's app is called, and whose it is.
type label struct {
	appID, ownerID int64
	clientID, name string
}

func labels(tx *db.Tx) ([]label, error) {
	return db.All(tx, func(r db.Row) (l label, err error) {
		return l, r.Scan(&l.appID, &l.ownerID, &l.clientID, &l.name)
	}, `SELECT id, COALESCE(owner_id, 0), client_id, name FROM app`)
}

// view is the log as a developer sees it.
type view struct {
	caller web.Caller
	apps   []label
}

// show returns an entry with its app, and whether the developer may see it: it
// is of a store that they may open or of their own app, or of nobody who could be recognised.
func (v view) show(e *entry) (entry, bool) {
	shown := *e
	i := slices.IndexFunc(v.apps, func(a label) bool {
		return e.AppID != nil && a.appID == *e.AppID || e.AppID == nil && e.clientID != "" && a.clientID == e.clientID
	})
	own := false
	if i >= 0 {
		shown.AppID, shown.App = &v.apps[i].appID, v.apps[i].name
		own = v.apps[i].ownerID == v.caller.UserID
	}
	inStore := e.StoreID != nil && slices.Contains(v.caller.Stores, *e.StoreID)
	return shown, own || inStore || i < 0 && e.StoreID == nil
}

// list returns what the developer may see of the log, newest first.
func (v view) list(l *Log, f filter) []api.InspectorEntry {
	found := []api.InspectorEntry{}
	for _, e := range l.newestFirst() {
		if shown, ok := v.show(e); ok && f.admits(&shown) {
			found = append(found, shown.InspectorEntry)
		}
	}
	return found
}

// bySeq returns an entry that the developer may see.
func (v view) bySeq(l *Log, seq int64) (api.InspectorDetail, bool) {
	for _, e := range l.newestFirst() {
		if e.Seq == seq {
			shown, ok := v.show(e)
			return shown.InspectorDetail, ok
		}
	}
	return api.InspectorDetail{}, false
}
