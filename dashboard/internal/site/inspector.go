package site

import (
	"encoding/json"
	"net/http"
	"slices"
	"strconv"

	"golang.org/x/sync/errgroup"

	"github.com/selorax/sandbox/platform/api"

	"github.com/selorax/sandbox/dashboard/internal/page"
	"github.com/selorax/sandbox/dashboard/internal/platform"
)

// seenRow is an entry and where it is opened.
type seenRow struct {
	api.InspectorEntry
	URL     string
	Current bool
}

// inspectorData is the timeline, with the entry that is open.
type inspectorData struct {
	Rows     []seenRow
	List     page.List
	Narrowed bool
	Tabs     []page.Tab
	Apps     []api.InstalledApp
	App      string // the id that the list is narrowed down to
	Verdict  string
	Hidden   map[string]string // what the search form keeps

	Chart page.SeenChart // the last half hour
	Calls []api.InspectorCalls

	Live   bool   // it follows what happens
	Hold   string // where it stands still, or goes on
	Paused bool

	Open  *api.InspectorDetail
	Gone  bool // the entry that the address names is forgotten
	Close string
}

func inspectorRoutes(get, post func(path string, h func(*visit) error)) {
	const all = "/developer/inspector"
	get(all, forDeveloper((*visit).inspector))
	post(all+"/clear", forDeveloper((*visit).clearInspector))
	post(all+"/bridge", forDeveloper((*visit).noteBridge))
}

// inspector shows what the platform saw lately, newest first. All of its state
// stands in the address, what is open too.
func (v *visit) inspector() error {
	list := page.ReadList(v.r.URL, "", nil).WithFilters(v.r.URL, "kind", "app_id", "verdict")
	list.Status = ""
	if !slices.Contains(api.InspectorKinds, list.Filters["kind"]) {
		delete(list.Filters, "kind")
	}
	if list.Filters["verdict"] != api.InspectorProblem && !slices.Contains(api.InspectorVerdicts, list.Filters["verdict"]) {
		delete(list.Filters, "verdict")
	}
	if _, err := strconv.ParseUint(list.Filters["app_id"], 10, 31); err != nil {
		delete(list.Filters, "app_id")
	}
	q := query(list)
	q.Only = list.Filters
	var found api.List[api.InspectorEntry]
	var lately api.InspectorSummary
	group, ctx := errgroup.WithContext(v.r.Context())
	group.Go(func() (err error) {
		found, err = v.session.Seen(ctx, v.store.StoreID, q)
		return err
	})
	group.Go(func() (err error) {
		lately, err = v.session.SeenLately(ctx, v.store.StoreID)
		return err
	})
	if err := group.Wait(); err != nil {
		return err
	}
	d := inspectorData{Chart: page.NewSeenChart(lately.Minutes), Calls: lately.Calls, Narrowed: list.Narrowed(), Apps: v.apps, App: list.Filters["app_id"], Verdict: list.Filters["verdict"], Paused: v.r.URL.Query().Get("paused") != ""}
	d.place(list.Found(found.Pagination), found.Data, v.r.URL.Query().Get("open"))
	if err := v.openSeen(&d); err != nil {
		return err
	}
	return v.show("shell/inspector", "Inspector", "inspector", d, policy{})
}

// place works out where everything on the page leads to.
func (d *inspectorData) place(list page.List, entries []api.InspectorEntry, open string) {
	first := list
	first.Page = 1
	for _, kind := range append([]string{""}, api.InspectorKinds...) {
		tab := page.Tab{URL: first.With("kind", kind), Label: "All", Current: kind == list.Filters["kind"]}
		if kind != "" {
			tab.Label = page.Inspected(kind).Label
		}
		d.Tabs = append(d.Tabs, tab)
	}
	d.Hidden = map[string]string{"kind": list.Filters["kind"]}
	d.Live = !d.Paused && list.Page == 1
	d.Hold = list.With("paused", "yes")
	if d.Paused {
		d.Hold = first.With("paused", "")
		list.Filters["paused"], d.Hidden["paused"] = "yes", "yes"
	}
	d.List, d.Close = list, list.With("open", "")
	for _, e := range entries {
		seq := strconv.FormatInt(e.Seq, 10)
		d.Rows = append(d.Rows, seenRow{InspectorEntry: e, URL: list.With("open", seq), Current: seq == open})
	}
}

// openSeen reads the entry that the address names.
func (v *visit) openSeen(d *inspectorData) error {
	open := v.r.URL.Query().Get("open")
	if open == "" {
		return nil
	}
	seq, err := strconv.ParseInt(open, 10, 64)
	if err != nil || seq < 1 {
		d.Gone = true
		return nil
	}
	entry, err := v.session.SeenEntry(v.r.Context(), seq)
	switch {
	case platform.IsStatus(err, http.StatusNotFound):
		d.Gone = true
	case err != nil:
		return err
	default:
		d.Open = &entry
	}
	return nil
}

func (v *visit) clearInspector() error {
	if err := v.session.ClearSeen(v.r.Context()); err != nil {
		return err
	}
	return v.done("success", "The inspector is empty. What happens from now on shows here.", v.path("/developer/inspector"))
}

// noteBridge passes on what a page reports of its app.
func (v *visit) noteBridge() error {
	var in api.InspectorBridge
	if err := json.NewDecoder(http.MaxBytesReader(v.w, v.r.Body, 512<<10)).Decode(&in); err != nil {
		http.Error(v.w, "The report is not JSON.", http.StatusBadRequest)
		return nil
	}
	if err := v.session.NoteBridge(v.r.Context(), v.store.StoreID, in); err != nil {
		return err
	}
	v.w.WriteHeader(http.StatusNoContent)
	return nil
}
