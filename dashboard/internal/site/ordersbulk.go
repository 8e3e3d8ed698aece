package site

import (
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/selorax/sandbox/platform/api"

	"github.com/selorax/sandbox/dashboard/internal/page"
	"github.com/selorax/sandbox/dashboard/internal/platform"
)

// bulkMoves are the statuses that many orders can be given at once: the usual
// course. What cannot be taken back is asked about order by order.
var bulkMoves = []string{api.OrderConfirmed, api.OrderProcessing, api.OrderShipped, api.OrderDelivered}

// bulk are those moves with what their buttons say.
func bulk() (moves []page.Status) {
	for _, status := range bulkMoves {
		s := page.OrderStatus(status)
		s.Move = strings.TrimSuffix(s.Move, " order")
		moves = append(moves, s)
	}
	return moves
}

// mostAtOnce is how many orders a form moves: those of a page.
const mostAtOnce = page.Rows

// setStatuses gives the orders that were selected a status, one after the other.
// Those that cannot have it stay as they are, and are told of.
func (v *visit) setStatuses() error {
	if err := v.r.ParseForm(); err != nil {
		return missing
	}
	chosen, status := v.r.PostForm["order"], v.r.PostFormValue("status")
	switch {
	case !slices.Contains(bulkMoves, status):
		return v.done("danger", "Choose what the orders are to become.", v.ordersList())
	case len(chosen) == 0:
		return v.done("danger", "Select orders first.", v.ordersList())
	case len(chosen) > mostAtOnce:
		return v.done("danger", fmt.Sprintf("Select at most %d orders.", mostAtOnce), v.ordersList())
	}
	moved, refused := 0, []string{}
	for _, text := range chosen {
		id, _ := strconv.ParseInt(text, 10, 64) // 0, which no order has, where it is none
		_, err := v.session.SetOrderStatus(v.r.Context(), v.store.StoreID, id, status)
		said, ok := platform.Refusal(err)
		switch {
		case ok && said.Status >= http.StatusBadRequest && said.Status < http.StatusInternalServerError && said.Status != http.StatusUnauthorized:
			refused = append(refused, said.Message)
		case err != nil:
			return err
		default:
			moved++
		}
	}
	tone, text := bulkSaid(moved, refused, status)
	return v.done(tone, text, v.ordersList())
}

// bulkSaid is the tone and the words of what became of the orders.
func bulkSaid(moved int, refused []string, status string) (tone, text string) {
	word := page.OrderStatus(status).Words()
	now := page.Count(moved, "order") + " is now " + word + "."
	if moved != 1 {
		now = page.Count(moved, "order") + " are now " + word + "."
	}
	switch {
	case len(refused) == 0:
		return "success", now
	case moved == 0:
		return "danger", "Nothing was changed. " + refused[0]
	}
	return "warning", now + " " + page.Count(len(refused), "other") + " could not be changed. " + refused[0]
}

// ordersList is the list that the form came from.
func (v *visit) ordersList() string {
	list, back := v.path("/orders"), v.r.PostFormValue("back")
	if strings.HasPrefix(back, list+"?") {
		return back
	}
	return list
}
