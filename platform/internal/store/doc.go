// Package store keeps the stores: the tenants that everything else belongs to.
//
// A store's record says who it is and how to reach it. Every other table names
// its store, and nobody sees across.
package store
