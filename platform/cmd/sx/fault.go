package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/selorax/sandbox/platform/api"
)

type faultCmd struct {
	Set   faultSetCmd   `cmd:"" help:"Make webhooks or API calls fail, by a rule."`
	List  faultListCmd  `cmd:"" help:"List the rules and how often each met."`
	Clear faultClearCmd `cmd:"" help:"Delete a rule, or all of them."`
}

type faultSetCmd struct {
	Webhook faultWebhookCmd `cmd:"" help:"A rule for webhook attempts."`
	API     faultAPICmd     `cmd:"" name:"api" help:"A rule for an app's calls to the API."`
}

// faultRule is what both kinds of rules have.
type faultRule struct {
	App   string        `help:"Only of this app." placeholder:"SLUG"`
	Store int64         `help:"Only of this store." placeholder:"N"`
	First int           `help:"Only the first N that match; all when left out." placeholder:"N"`
	Every int           `help:"Only every N-th that matches; all when left out." placeholder:"N"`
	Delay time.Duration `help:"How long delay and slow take, up to 1m; 3s when left out." placeholder:"D"`
	sandboxFlags
}

// Validate refuses a delay that is no number of milliseconds.
func (r faultRule) Validate() error {
	if r.Delay%time.Millisecond != 0 {
		return errors.New("--delay must be whole milliseconds, as in 500ms")
	}
	return nil
}

func (r faultRule) input(on, effect string) api.NewFault {
	return api.NewFault{
		On: on, Effect: effect, App: r.App, StoreID: r.Store, First: r.First, Every: r.Every, DelayMS: int(r.Delay.Milliseconds()),
	}
}

func (r faultRule) set(term console, in api.NewFault) error {
	return ask(r.sandboxFlags, term, http.MethodPost, "/faults", in, func(got api.Fault) error {
		_, err := fmt.Fprintf(term.err, "Fault %d is set: %s %s %s. End it with: %s\n",
			got.FaultID, got.On, got.Effect, when(got), r.command("fault", "clear", fmt.Sprint(got.FaultID)))
		return err
	})
}

type faultWebhookCmd struct {
	Effect string `arg:"" help:"What goes wrong: ${webhook_faults}." enum:"${webhook_faults}"`
	Topic  string `help:"Only of this topic." placeholder:"TOPIC"`
	faultRule
}

// Help shows how the command is used.
func (faultWebhookCmd) Help() string {
	return `A rule acts on each match, on the first of them or on every N-th, never by chance.

Examples:
  sx fault set webhook wrong_signature --app my-app --first 1
  sx fault set webhook delay --topic order.created --delay 5s`
}

// Run sets a rule for webhook attempts.
func (c faultWebhookCmd) Run(term console) error {
	in := c.input(api.FaultOnWebhook, c.Effect)
	in.Topic = c.Topic
	return c.set(term, in)
}

type faultAPICmd struct {
	Effect     string         `arg:"" help:"What goes wrong: ${api_faults}." enum:"${api_faults}"`
	Route      string         `help:"Only of this route, as the API document spells it; the method may be left out." placeholder:"ROUTE"`
	RetryAfter *time.Duration `help:"What 429 and 503 say about when to try again, in whole seconds; 1s when left out." placeholder:"D"`
	faultRule
}

// Help shows how the command is used.
func (faultAPICmd) Help() string {
	return `A rule acts on each match, on the first of them or on every N-th, never by chance.

Examples:
  sx fault set api 429 --app my-app --every 3 --retry-after 2s
  sx fault set api slow --route "GET /api/apps/v1/orders/{order_id}" --delay 10s`
}

// Validate refuses parts of a second, which the header cannot say.
func (c faultAPICmd) Validate() error {
	if c.RetryAfter != nil && *c.RetryAfter%time.Second != 0 {
		return errors.New("--retry-after must be whole seconds, as in 2s")
	}
	return c.faultRule.Validate()
}

// Run sets a rule for calls to the API.
func (c faultAPICmd) Run(term console) error {
	in := c.input(api.FaultOnAPI, c.Effect)
	in.Route = c.Route
	if c.RetryAfter != nil {
		seconds := int(c.RetryAfter.Seconds())
		in.RetryAfterS = &seconds
	}
	return c.set(term, in)
}

type faultListCmd struct{ sandboxFlags }

// Help shows how the command is used.
func (faultListCmd) Help() string {
	return `Example:
  sx fault list`
}

// Run lists the rules.
func (c faultListCmd) Run(term console) error {
	return ask(c.sandboxFlags, term, http.MethodGet, "/faults", nil, func(all []api.Fault) error {
		if len(all) == 0 {
			_, err := fmt.Fprintln(term.err, "There is no fault. Set one with: "+c.command("fault", "set", "webhook", "drop", "--first", "1"))
			return err
		}
		var rows [][]string
		for _, f := range all {
			rows = append(rows, []string{fmt.Sprint(f.FaultID), f.On, f.Effect, when(f), matching(f), fmt.Sprint(f.Hits), fmt.Sprint(f.Matches)})
		}
		return printTable(term.out, []string{"ID", "ON", "EFFECT", "WHEN", "ONLY", "HITS", "OF"}, rows)
	})
}

// when says which of the matches a rule acts on.
func when(f api.Fault) string {
	switch {
	case bool(f.Spent):
		return "used up"
	case f.First > 0 && f.Every > 0:
		return fmt.Sprintf("first %d, every %d", f.First, f.Every)
	case f.First > 0:
		return fmt.Sprintf("first %d", f.First)
	case f.Every > 0:
		return fmt.Sprintf("every %d", f.Every)
	default:
		return "always"
	}
}

// matching says what a rule is narrowed to.
func matching(f api.Fault) string {
	parts := []string{f.App, f.Topic, f.Route}
	if f.StoreID != 0 {
		parts = append(parts, fmt.Sprintf("store %d", f.StoreID))
	}
	return strings.Join(slices.DeleteFunc(parts, func(part string) bool { return part == "" }), ", ")
}

type faultClearCmd struct {
	Fault int64 `arg:"" optional:"" name:"id" help:"Id of the rule; all of them when left out."`
	sandboxFlags
}

// Help shows how the command is used.
func (faultClearCmd) Help() string {
	return `Examples:
  sx fault clear 3
  sx fault clear`
}

// Run deletes one rule or all.
func (c faultClearCmd) Run(term console) error {
	path, what := "/faults", "Every fault is"
	if c.Fault != 0 {
		path, what = path+"/"+strconv.FormatInt(c.Fault, 10), fmt.Sprintf("Fault %d is", c.Fault)
	}
	return ask(c.sandboxFlags, term, http.MethodDelete, path, nil, func(json.RawMessage) error {
		_, err := fmt.Fprintf(term.err, "%s cleared.\n", what)
		return err
	})
}
