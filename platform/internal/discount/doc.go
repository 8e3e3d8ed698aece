// Package discount keeps the codes that take something off an order.
//
// A code takes off a fixed amount or a percentage of the goods, makes shipping
// free, or both. Whether it may be used depends on its window of business time,
// the value of the goods, and how often it was used, in all and by the
// customer. Apply checks and counts a use in the transaction that places the
// order; of two orders that want the last use one gets it. Release gives a
// use back when the order is cancelled.
//
// There is no event about discounts.
package discount
