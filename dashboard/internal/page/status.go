package page

import (
	"strings"

	"github.com/selorax/sandbox/platform/api"
)

// Status is how a state is shown: a word, a drawn shape and a hue.
type Status struct {
	Name  string // as the API writes it
	Label string
	Icon  string
	Tone  string // info, success, warning, danger or ""
	// Move is what a button that leads to this state says.
	Move string
	// Warning is set for a state that is asked about first: what cannot be
	// taken back.
	Warning string
}

var orderStatuses = map[string]Status{
	api.OrderPending:    {Label: "Pending", Icon: "circle", Tone: "warning", Move: "Back to pending"},
	api.OrderConfirmed:  {Label: "Confirmed", Icon: "check", Tone: "info", Move: "Confirm order"},
	api.OrderProcessing: {Label: "Processing", Icon: "circle-half", Tone: "info", Move: "Start processing"},
	api.OrderShipped:    {Label: "Shipped", Icon: "truck", Tone: "info", Move: "Mark as shipped"},
	api.OrderDelivered:  {Label: "Delivered", Icon: "check-circle", Tone: "success", Move: "Mark as delivered"},
	api.OrderCompleted:  {Label: "Completed", Icon: "double-check", Tone: "success", Move: "Complete order"},
	api.OrderHold:       {Label: "On hold", Icon: "pause", Tone: "warning", Move: "Put on hold"},
	api.OrderCancelled: {Label: "Cancelled", Icon: "x-circle", Tone: "danger", Move: "Cancel order",
		Warning: "Its items go back to the stock, and apps that follow orders are told at once. A cancelled order cannot be opened again."},
	api.OrderRefunded: {Label: "Refunded", Icon: "return", Move: "Refund order",
		Warning: "The payment counts as returned to the customer, and apps that follow orders are told at once. A refund cannot be taken back."},
}

var deliveryStatuses = map[string]Status{
	api.DeliveryPending:   {Label: "Pending", Icon: "circle"},
	api.DeliveryRetrying:  {Label: "Retrying", Icon: "refresh", Tone: "warning"},
	api.DeliveryDelivered: {Label: "Delivered", Icon: "check-circle", Tone: "success"},
	api.DeliveryDead:      {Label: "Given up", Icon: "x-circle", Tone: "danger"},
	api.DeliveryCancelled: {Label: "Cancelled", Icon: "pause"},
}

func orderStatus(name string) Status    { return lookUp(orderStatuses, name) }
func deliveryStatus(name string) Status { return lookUp(deliveryStatuses, name) }

// lookUp shows a state that this dashboard does not know by its plain name.
func lookUp(all map[string]Status, name string) Status {
	s, ok := all[name]
	if !ok {
		s = Status{Label: title(name), Icon: "circle-dot", Move: "Set to " + name}
	}
	s.Name = name
	return s
}

// AskedFirst are the order statuses with a warning.
func AskedFirst() (list []Status) {
	for _, name := range api.OrderStatuses {
		if s := orderStatus(name); s.Warning != "" {
			list = append(list, s)
		}
	}
	return list
}

// OrderStatus is how an order's status is shown.
func OrderStatus(name string) Status { return orderStatus(name) }

// Words is the label inside a sentence.
func (s Status) Words() string { return strings.ToLower(s.Label) }
