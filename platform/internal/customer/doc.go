// Package customer keeps the people who buy from a store.
//
// A customer belongs to one store. Phone and email are unique there, except
// for guests, who leave them with an order and have no account.
package customer
