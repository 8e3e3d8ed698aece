// Package order keeps the orders: what was bought, by whom, where it goes,
// and how far it has come.
//
// Placing an order (create.go) takes its stock, counts its discount code and
// adds its customer as a guest where none is known, in one transaction. What
// it costs is computed here: the goods at today's prices, the shipping as the
// store's zones say or as the caller's courier asks, no tax, since stores have
// none to set, less the discount. Numbers count up within a store without
// gaps, since an order that fails leaves its number to the next; they are
// never given twice.
//
// An order's status follows the table in status.go; nothing else changes it.
// A move (change_status.go) also changes payment, stock, the store's counters
// and the timeline. Handing an order to a courier is the move to shipped;
// refunding the last of what was paid is the move to refunded. Everything is
// the same for the dashboard and for apps.
//
// Money: cash on delivery is paid when the order is delivered; every other
// method is paid at once, as by a gateway that never fails. A refund gives
// money back and not the stock, since what came back from a customer may not be
// sold again; a cancellation gives the stock and the code's use back and not
// the money, which is the refund that may follow.
//
// Events: order.created; order.updated with every later change, preceded by
// order.status_changed and followed by order.cancelled where these apply;
// order.deleted. Stock tells of itself.
//
// Lists show exact totals. Those without a filter, or with a status alone, come
// from order_count, which every change keeps in its own transaction. A deleted
// order stays as a row and is seen by nobody.
package order
