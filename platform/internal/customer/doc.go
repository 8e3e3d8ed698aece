// Package customer keeps the people who buy from a store.
//
// A customer has a phone, an email or both, each of them once within the
// store; guests, who bought without an account, may share them. Phones are
// kept in their national form, 01712345678. How many orders a customer placed
// and what they spent is counted in the transactions that change orders
// (CountOrder, CountRefusal), so that lists need no sums. A deleted customer
// is gone from lists; their orders keep the name and address they were placed
// with.
//
// Events: customer.created, customer.updated.
package customer
