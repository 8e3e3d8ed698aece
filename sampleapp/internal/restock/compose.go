package restock

import (
	"fmt"

	"github.com/selorax/sandbox/sampleapp/selorax"
)

// key makes a message one debit and one message at the platform.
func (m message) key() string { return fmt.Sprintf("message-%d-%d-%d", m.storeID, m.generation, m.id) }

// title says what a message is about: the subject of an email, and a line of
// the wallet's ledger.
func (m message) title() string {
	if m.kind == backInStock {
		return m.product + " is back in stock"
	}
	return m.product + " runs low"
}

// compose writes the message of a store.
func (m message) compose(s selorax.Store) selorax.NewMessage {
	n := selorax.NewMessage{To: m.recipient, IdempotencyKey: m.key(), Metadata: map[string]any{"restock_message": m.id}}
	if m.kind == backInStock {
		n.Message = fmt.Sprintf("%s: %s is back in stock. You asked us to tell you.", s.Name, m.product)
	} else {
		n.To, n.Message = s.Email, fmt.Sprintf("%s runs low at %s. Open Restock in your dashboard to see how much is left.", m.product, s.Name)
	}
	if m.channel == selorax.Email {
		n.Subject = m.title()
	}
	return n
}
