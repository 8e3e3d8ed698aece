// Package shipping keeps where a store ships to and what it costs.
//
// A zone names cities, or none and then stands for everywhere else; a city is in
// one zone and a store has at most one zone for the rest. Each zone has methods
// with a price, which may fall away from a value of goods on. Quote finds the
// method and the price of an order; a zone with methods cannot be deleted.
//
// There is no event about shipping.
package shipping
