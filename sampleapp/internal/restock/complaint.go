package restock

import "net/http"

// complaint is what the app itself has against a request, in words for the
// person who made it.
type complaint struct {
	status int
	code   string
	text   string
}

func (c *complaint) Error() string { return c.text }

// What can be wrong with a request.
var (
	errBadInput     = &complaint{http.StatusBadRequest, "invalid_input", "The request lacks an id, or it is not a number."}
	errBadThreshold = &complaint{http.StatusBadRequest, "invalid_input", "Give a whole number from 0 to 100,000."}
	errBadRecipient = &complaint{http.StatusBadRequest, "invalid_recipient", "Give a Bangladeshi mobile number, such as 01712345678, or an email address."}
	errNotPaid      = &complaint{http.StatusPaymentRequired, "payment_required", "The reorder report has not been paid for. Buy it on Restock’s page."}
	errNoProduct    = &complaint{http.StatusNotFound, "not_found", "Restock does not sell this."}
	errNoVariant    = &complaint{http.StatusNotFound, "not_found", "The product has no such variant."}
	errInStock      = &complaint{http.StatusConflict, "in_stock", "There is some in stock, so nobody needs to wait."}
	errOffSale      = &complaint{http.StatusConflict, "off_sale", "The product is not for sale, so nobody can wait for it."}
	errWaits        = &complaint{http.StatusConflict, "waits_already", "This person is on the list for it already."}
	errNotOnList    = &complaint{http.StatusConflict, "not_on_list", "It is too late to take this person off the list: the message is going out, or was taken off before."}
	errTooManyWait  = &complaint{http.StatusConflict, "too_many", "The list has 10,000 people on it. Take some off first."}
)
