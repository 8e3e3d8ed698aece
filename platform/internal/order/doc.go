// Package order keeps the orders: what was bought, by whom, where it goes,
// and how far it has come.
//
// An order's status follows the table in status.go; nothing else changes it.
// ChangeStatus (change_status.go) is one transaction that also moves money,
// stock, the store's counters and the timeline, and records the events: those
// of the stock that comes back, order.status_changed, then order.updated, then
// order.cancelled where it applies. It is the same for the dashboard and for apps.
//
// Money: cash on delivery is paid when the order is delivered; every other
// method when its payment arrives. A refund gives the money back and not the
// stock, since what came back from a customer may not be sold again; a
// cancellation gives the stock back and not the money, which is the refund that
// may follow.
//
// Lists show exact totals. Those without a filter, or with a status alone, come
// from order_count, which every change keeps in its own transaction.
package order
