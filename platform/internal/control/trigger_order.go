package control

import (
	"fmt"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/db"
	"github.com/selorax/sandbox/platform/internal/money"
	"github.com/selorax/sandbox/platform/internal/order"
	"github.com/selorax/sandbox/platform/internal/problem"
	"github.com/selorax/sandbox/platform/internal/store"
)

func orderCreated(t *trigger) (string, error) {
	g, err := t.grow()
	if err != nil {
		return "", err
	}
	o, err := g.order()
	if err != nil {
		return "", err
	}
	st, err := store.Get(t.tx, t.storeID)
	return fmt.Sprintf("Order %s over %s placed by %s.", o.OrderNumber, money.Format(o.GrandTotal, st.Currency), o.CustomerName), err
}

// orderUpdated changes the note of the newest order.
func orderUpdated(t *trigger) (string, error) {
	o, err := t.newestOrder(api.OrderStatuses...)
	if err != nil {
		return "", err
	}
	note := "Please deliver before 5pm"
	if o.note == note {
		note = "Call before you come"
	}
	_, err = t.Orders.Update(t.tx, t.storeID, t.owner.Name, o.id, api.OrderUpdate{Note: api.To(note)})
	return fmt.Sprintf("The note of order %s changed to %q.", o.number, note), err
}

// orderMoved takes the newest order that is under way one step further.
func orderMoved(t *trigger) (string, error) {
	o, err := t.newestOrder(api.OrderPending, api.OrderConfirmed, api.OrderProcessing, api.OrderHold, api.OrderShipped, api.OrderDelivered)
	if err != nil {
		return "", err
	}
	return t.move(o, order.Next(o.status, o.financial)[0])
}

func orderCancelled(t *trigger) (string, error) {
	o, err := t.newestOrder(api.OrderPending, api.OrderConfirmed, api.OrderProcessing, api.OrderHold)
	if err != nil {
		return "", err
	}
	return t.move(o, api.OrderCancelled)
}

func (t *trigger) move(o placed, to string) (string, error) {
	_, err := t.Orders.ChangeStatus(t.tx, t.storeID, t.owner.Name, o.id, api.StatusChange{Status: to})
	return fmt.Sprintf("Order %s went from %s to %s.", o.number, o.status, to), err
}

func orderDeleted(t *trigger) (string, error) {
	o, err := t.newestOrder(api.OrderCancelled, api.OrderRefunded)
	if problem.Is(err, api.CodeConflict) {
		err = problem.Conflict("Only a cancelled or refunded order can be deleted, and store %d has none. Cancel one first: sx trigger order.cancelled", t.storeID)
	}
	if err != nil {
		return "", err
	}
	_, err = t.Orders.Remove(t.tx, t.storeID, t.owner.Name, o.id)
	return fmt.Sprintf("Order %s, which was %s, deleted.", o.number, o.status), err
}

// newestOrder returns the newest order that has one of the statuses.
func (t *trigger) newestOrder(statuses ...string) (newest placed, err error) {
	for _, status := range statuses {
		o, err := newestOrder(t.tx, t.storeID, status)
		if err != nil && !db.IsNone(err) {
			return o, err
		}
		if o.id > newest.id {
			newest = o
		}
	}
	if newest.id == 0 {
		err = problem.Conflict("Store %d has no order that can be changed so. Place one first: sx trigger order.created", t.storeID)
	}
	return newest, err
}
