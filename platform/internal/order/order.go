package order

import (
	"strconv"
	"strings"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/customer"
	"github.com/selorax/sandbox/platform/internal/db"
	"github.com/selorax/sandbox/platform/internal/event"
	"github.com/selorax/sandbox/platform/internal/idempotency"
	"github.com/selorax/sandbox/platform/internal/problem"
)

// Service serves orders and changes them.
type Service struct {
	DB        *db.DB
	Writes    idempotency.Writes
	Events    *event.Log
	Customers *customer.Service
	// PublicURL is put in front of pictures that are keys.
	PublicURL string
}

// Kinds of timeline entries.
const (
	KindCreated       = "created"
	KindStatusChanged = "status_changed"
	KindUpdated       = "updated"
	KindFulfilled     = "fulfilled"
	KindRefunded      = "refunded"
	KindDeleted       = "deleted"
)

// Created is the timeline entry every order begins with.
func Created(actor string, at api.Time) api.TimelineEntry {
	return api.TimelineEntry{Kind: KindCreated, Message: "Order placed", Actor: actor, CreatedAt: at}
}

// StatusChanged is the timeline entry of a move.
func StatusChanged(from, to, actor string, at api.Time) api.TimelineEntry {
	return api.TimelineEntry{
		Kind: KindStatusChanged, Message: "Status changed from " + from + " to " + to, Actor: actor, CreatedAt: at,
	}
}

// Insert adds an order under the id it names, with its items, payments and
// timeline, and counts it. Items and payments without an id get theirs here.
// Item images are keys.
func Insert(tx *db.Tx, o api.OrderDetail) error {
	if err := insertOrderAs(tx, o); err != nil {
		return err
	}
	if number, err := strconv.ParseInt(o.OrderNumber, 10, 64); err == nil {
		if err := skipNumber(tx, o.StoreID, number); err != nil {
			return err
		}
	}
	return insertParts(tx, o)
}

// insertParts adds what hangs on a new order, and counts it.
func insertParts(tx *db.Tx, o api.OrderDetail) error {
	for _, item := range o.Items {
		if err := insertItem(tx, o.OrderID, item); err != nil {
			return err
		}
	}
	for _, p := range o.Payments {
		if err := insertPayment(tx, o.OrderID, p); err != nil {
			return err
		}
	}
	for _, entry := range o.Timeline {
		if err := insertTimeline(tx, o.OrderID, entry); err != nil {
			return err
		}
	}
	if err := countForCustomer(tx, o.Order); err != nil {
		return err
	}
	return count(tx, o.StoreID, o.OrderStatus)
}

// Check answers not_found unless a store has the order.
func Check(tx *db.Tx, storeID, orderID int64) error {
	_, err := byID(tx, storeID, orderID)
	if db.IsNone(err) {
		return problem.NotFound("order", orderID)
	}
	return err
}

// stateOf is what the next move starts from.
func stateOf(o api.Order) State {
	return State{Status: o.OrderStatus, Financial: o.FinancialStatus, Fulfillment: o.FulfillmentStatus}
}

// searchText is what a search looks through: number, name and phone.
func searchText(o api.Order) string {
	return fold(o.OrderNumber + " " + o.CustomerName + " " + o.CustomerPhone)
}

func fold(s string) string { return strings.ToLower(s) }
