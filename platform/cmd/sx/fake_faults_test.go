package main

import (
	"net/http"

	"github.com/selorax/sandbox/platform/api"
)

// fakeFaults is the part of the control API about rules that make things fail.
func fakeFaults(mux *http.ServeMux) {
	var rules []api.Fault
	mux.HandleFunc("GET /_sandbox/faults", func(w http.ResponseWriter, _ *http.Request) {
		answer(w, http.StatusOK, "Faults fetched.", append([]api.Fault{}, rules...))
	})
	mux.HandleFunc("POST /_sandbox/faults", func(w http.ResponseWriter, r *http.Request) {
		in := read[api.NewFault](r)
		if in.App == "nosuch" {
			answer(w, http.StatusBadRequest, "The request is not valid: app is no app of this sandbox.", nil)
			return
		}
		made := api.Fault{FaultID: int64(len(rules) + 1), NewFault: in, Matches: 4, Hits: 2}
		rules = append(rules, made)
		answer(w, http.StatusCreated, "Fault set.", made)
	})
	mux.HandleFunc("DELETE /_sandbox/faults", func(w http.ResponseWriter, _ *http.Request) {
		rules = nil
		answer(w, http.StatusOK, "Faults cleared.", api.FaultsCleared{Cleared: 2})
	})
	mux.HandleFunc("DELETE /_sandbox/faults/{fault_id}", func(w http.ResponseWriter, r *http.Request) {
		if r.PathValue("fault_id") != "1" {
			answer(w, http.StatusNotFound, "There is no such fault.", nil)
			return
		}
		answer(w, http.StatusOK, "Fault cleared.", api.FaultsCleared{Cleared: 1})
	})
}
