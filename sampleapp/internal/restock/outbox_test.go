package restock

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"net/http"
	"strings"
	"testing"
	"time"
)

// chance is a store on which anything happens, in an order that a seed decides.
type chance struct {
	*harness
	rand   *rand.Rand
	people int
	stock  int64
	losing bool // answers get lost
	inside bool // something happens in the middle of a call
	ended  map[int]bool

	failures int
	told     int // charges told of
}

// disturb loses most answers of the platform while losing, and lets stock return
// and payments arrive in the middle of a call.
func (c *chance) disturb() {
	c.through(func(r *http.Request) (*http.Response, error) {
		resp, err := http.DefaultTransport.RoundTrip(r)
		if !c.inside && c.rand.IntN(3) == 0 {
			c.inside = true
			switch {
			case strings.Contains(r.URL.Path, "/inventory/"):
				c.counted(c.stock, 3)
				c.stock = 3
			case strings.HasSuffix(r.URL.Path, "/debit"):
				c.topup()
			}
			c.inside = false
		}
		if err == nil && c.losing && c.rand.IntN(8) > 0 {
			return nil, errors.Join(errors.New("broken"), resp.Body.Close())
		}
		return resp, err
	})
}

// topup has the wallet filled, for one message more, and the app told.
func (c *chance) topup() {
	var charge charge
	c.platform.knows(func(p *platform) {
		p.wallet.balance += .5
		charge.ChargeID, charge.StoreID, charge.Status, charge.Metadata = int64(len(p.billing.charges)+1), 22, "completed", []byte(`{"product":"wallet"}`)
		p.billing.charges = append(p.billing.charges, charge)
	})
	c.told++
	c.tell(fmt.Sprint("topup-", c.told), "charge.activated", charge)
}

// plan says how the subscription stands, with the webhook.
func (c *chance) plan(status string) {
	charge := c.platform.charged()[0]
	charge.Status = status
	if status == "active" {
		charge.Payments++
	}
	c.platform.knows(func(p *platform) { p.billing.charges[0] = charge })
	c.told++
	c.tell(fmt.Sprint("plan-", c.told), map[string]string{"active": "charge.activated", "frozen": "charge.payment_failed"}[status], charge)
}

// happen does one thing.
func (c *chance) happen() {
	switch c.rand.IntN(9) {
	case 0, 1:
		c.people++
		c.waitFor(fmt.Sprintf("017%08d", c.people)) // refused while there is stock, or when an answer is lost
	case 2:
		now := int64(c.rand.IntN(2) * 3)
		c.counted(c.stock, now)
		c.stock = now
	case 3:
		c.topup()
	case 4:
		c.plan([]string{"active", "frozen"}[c.rand.IntN(2)])
	case 5:
		c.losing = !c.losing
	case 6:
		for n := range c.platform.messages() {
			if !c.ended[n] && c.rand.IntN(2) == 0 {
				c.ended[n] = true
				how := []string{"delivered", "failed"}[c.rand.IntN(2)]
				if how == "failed" {
					c.failures++
				}
				c.harness.ended(n, how, "")
			}
		}
	case 7:
		c.pass(time.Minute)
		c.counted(c.stock, c.stock) // told again
	default:
		c.work()
	}
}

// settle lets everything come to its end.
func (c *chance) settle() {
	c.losing = false
	c.plan("active")
	c.platform.knows(func(p *platform) { p.wallet.balance = 1000 })
	c.topup()
	c.counted(0, 3)
	c.stock = 3
	for range 4 {
		c.work()
		c.pass(lastRetry)
	}
	for n := range c.platform.messages() {
		if !c.ended[n] {
			c.harness.ended(n, "delivered", "")
		}
	}
	c.work()
}

// Whatever happens, in any order: nobody is told twice for one wait, every
// message is paid for once, what failed is given back once, and in the end
// nobody waits for what is there.
func TestOutboxWhateverHappens(t *testing.T) {
	t.Parallel()
	for seed := range uint64(40) {
		t.Run(fmt.Sprint("seed ", seed), func(t *testing.T) {
			t.Parallel()
			c := &chance{harness: start(t), rand: rand.New(rand.NewPCG(seed, 7)), ended: map[int]bool{}}
			c.open(0)
			c.disturb()
			for range 60 {
				c.happen()
			}
			c.settle()
			c.audit()
		})
	}
}

func (c *chance) audit() {
	c.Helper()
	sent := map[string]int{}
	for _, m := range c.platform.messages() {
		sent[m.To]++
	}
	for _, m := range c.alerts().Messages {
		if m.Kind != backInStock {
			continue
		}
		if m.Status != delivered && m.Status != failed {
			c.Errorf("%s is %s %s %s", m.Recipient, m.Status, m.HeldFor, m.Error)
		}
		sent[m.Recipient]--
	}
	owing, err := c.app.messages(c.Context(), `status = 'failed' AND transaction_id <> 0`)
	if err != nil || len(owing) > 0 {
		c.Errorf("%d messages that failed are owed for, %v", len(owing), err)
	}
	for who, n := range sent {
		if n != 0 && !strings.Contains(who, "@") { // the merchant's own are told apart by their addresses
			c.Errorf("%s got %d messages more than were asked for", who, n)
		}
	}
	c.platform.knows(func(p *platform) {
		keys := map[string]bool{}
		for _, d := range p.wallet.debits {
			if keys[d.Key] {
				c.Errorf("%s was paid twice", d.Key)
			}
			keys[d.Key] = true
		}
		if len(keys) != len(p.carrier.sent) {
			c.Errorf("%d debits for %d messages", len(keys), len(p.carrier.sent))
		}
		back := map[int64]bool{}
		for _, id := range p.wallet.reversed {
			if back[id] {
				c.Errorf("debit %d was given back twice", id)
			}
			back[id] = true
		}
		if failures := c.failures; len(back) != failures {
			c.Errorf("%d debits were given back for %d failures", len(back), failures)
		}
	})
}

// A database that takes nothing is not asked without end: the platform would be
// called each time.
func TestOutboxRests(t *testing.T) {
	t.Parallel()
	h := start(t)
	h.open(1)
	h.waitFor(someone)
	if _, err := h.app.DB.ExecContext(t.Context(), `CREATE TRIGGER full BEFORE UPDATE ON message BEGIN SELECT RAISE(ABORT, 'full'); END`); err != nil {
		t.Fatal(err)
	}
	if h.app.round(t.Context()) {
		t.Error("the outbox goes on at once")
	}
	if wait := h.app.untilNext(t.Context()); wait < outboxRest {
		t.Errorf("the outbox waits %v", wait)
	}
}
