// Package sandbox fills an empty database with the demo stores.
//
// The seed is the same every time: the same records, names, prices and ids.
// Only secrets differ, and dates, which count back from the day of the business
// clock. Its history happened before anybody listened, so it has no events and
// no webhooks. Facts that others rely on stand in package demo, secrets in
// package credentials; the rest is made here, from a fixed random sequence:
// products.go is the catalogue as a table, people.go and orders.go make up who
// bought what, and timeline.go how far each order has come.
package sandbox
