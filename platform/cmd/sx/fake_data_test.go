package main

import (
	"net/http"
	"strings"

	"github.com/selorax/sandbox/platform/api"
)

// fakeData is the part of the control API about installations, seeds, resets
// and snapshots.
func fakeData(mux *http.ServeMux) {
	mux.HandleFunc("POST /_sandbox/apps/{slug}/install", fakeInstall)
	mux.HandleFunc("POST /_sandbox/apps/{slug}/uninstall", fakeUninstall)
	mux.HandleFunc("POST /_sandbox/seed", func(w http.ResponseWriter, r *http.Request) {
		in := read[api.SandboxSeed](r)
		if in.Orders > 1000 {
			answer(w, http.StatusBadRequest, "The request is not valid: orders must be from 0 to 1,000.", nil)
			return
		}
		answer(w, http.StatusCreated, "Seeded.", api.SandboxSeeded{
			StoreID: store(in.StoreID), Orders: make([]int64, in.Orders), Customers: make([]int64, in.Customers), Products: make([]int64, in.Products),
		})
	})
	mux.HandleFunc("POST /_sandbox/reset", func(w http.ResponseWriter, r *http.Request) {
		if in := read[api.SandboxReset](r); in.StoreID == 99 {
			answer(w, http.StatusNotFound, "There is no store 99.", nil)
			return
		}
		answer(w, http.StatusOK, "Reset.", api.SandboxStatus{Version: "fake", BusinessTime: api.At(1769839200000), Stores: 3})
	})
	fakeSnapshots(mux)
}

func fakeInstall(w http.ResponseWriter, r *http.Request) {
	slug, in := r.PathValue("slug"), read[api.SandboxInstall](r)
	if slug != "my-app" {
		answer(w, http.StatusNotFound, "There is no app "+slug+".", nil)
		return
	}
	answer(w, http.StatusCreated, "Installed.", api.InstalledApp{
		Installation: api.Installation{
			InstallationID: 5, AppID: 2, StoreID: store(in.StoreID), Status: api.InstallationActive, GrantedScopes: api.ScopeSet{api.ReadOrders},
		},
		App: api.AppCard{AppID: 2, Slug: slug, Name: "My App"},
	})
}

func fakeUninstall(w http.ResponseWriter, r *http.Request) {
	in := read[api.SandboxInstall](r)
	if r.PathValue("slug") != "my-app" {
		answer(w, http.StatusConflict, "The app is not installed on store 22.", nil)
		return
	}
	answer(w, http.StatusOK, "Uninstalled.", api.Uninstalled{
		Installation: api.Installation{StoreID: store(in.StoreID)}, TokensRevoked: 2, SubscriptionsRemoved: 1, DeliveriesCancelled: 3,
	})
}

// store is the first demo store when none is named.
func store(id int64) int64 {
	if id == 0 {
		return 22
	}
	return id
}

func fakeSnapshots(mux *http.ServeMux) {
	var kept []api.Snapshot
	one := func(name string) api.Snapshot {
		return api.Snapshot{Name: name, BusinessTime: api.At(1769839200000), CreatedAt: api.At(1769839200000), Bytes: 2_345_678}
	}
	mux.HandleFunc("GET /_sandbox/snapshots", func(w http.ResponseWriter, _ *http.Request) {
		answer(w, http.StatusOK, "Snapshots fetched.", append([]api.Snapshot{}, kept...))
	})
	mux.HandleFunc("POST /_sandbox/snapshots", func(w http.ResponseWriter, r *http.Request) {
		in := read[api.NewSnapshot](r)
		if len(kept) > 0 && !in.Replace {
			answer(w, http.StatusConflict, "There is a snapshot "+in.Name+" already. Set replace to overwrite it.", nil)
			return
		}
		kept = []api.Snapshot{one(in.Name)}
		answer(w, http.StatusCreated, "Saved.", one(in.Name))
	})
	mux.HandleFunc("POST /_sandbox/snapshots/{name}/load", func(w http.ResponseWriter, r *http.Request) {
		if name := r.PathValue("name"); strings.HasPrefix(name, "no") {
			answer(w, http.StatusNotFound, "There is no snapshot "+name+".", nil)
			return
		}
		answer(w, http.StatusOK, "Loaded.", one(r.PathValue("name")))
	})
	mux.HandleFunc("DELETE /_sandbox/snapshots/{name}", func(w http.ResponseWriter, _ *http.Request) {
		kept = nil
		answer(w, http.StatusOK, "Deleted.", api.Deleted{})
	})
}
