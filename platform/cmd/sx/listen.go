package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/signal"
	"slices"
	"strings"
	"syscall"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/sandbox/local"
)

type listenCmd struct {
	ForwardTo   target   `help:"Where to POST each event, signed; localhost:3000/webhooks will do." placeholder:"URL"`
	App         string   `help:"Slug of the app whose webhook secret signs, and whose own events are shown." default:"my-app"`
	Store       int64    `help:"Only of this store." placeholder:"N"`
	Topics      []string `help:"Only of these topics, with commas between." placeholder:"TOPIC"`
	PrintSecret bool     `help:"Print the webhook secret of the app and end."`
	sandboxFlags
}

// Help shows how the command is used.
func (listenCmd) Help() string {
	return `A forwarded event has the headers and signatures of a webhook, so the app checks
it as in production. Events come one after the other; none is lost when the
connection breaks. The app need not be installed. Ctrl-C ends it.

Examples:
  sx listen --forward-to http://localhost:3000/webhooks
  sx listen --topics order.created,order.updated --json`
}

// Validate refuses topics that do not exist.
func (c listenCmd) Validate() error {
	for _, topic := range c.Topics {
		if !slices.Contains(api.Topics, topic) {
			return fmt.Errorf("there is no topic %q%s; %s shows them", topic, didYouMean(topic, api.Topics), c.command("trigger", "--list"))
		}
	}
	return nil
}

// Run shows events until it is interrupted.
func (c listenCmd) Run(term console) error {
	platform, err := c.control()
	if err != nil {
		return err
	}
	secrets, err := c.credentials()
	if err != nil {
		return err
	}
	app, err := find(local.Apps(secrets), c.App)
	if err != nil {
		return err
	}
	if c.PrintSecret {
		return c.printSecret(term, app)
	}
	ctx, cancel := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer cancel()
	err = c.listen(ctx, term, platform, app)
	if ctx.Err() != nil {
		return nil // interrupted, which is how it ends
	}
	return err
}

func (c listenCmd) printSecret(term console, app api.SandboxApp) error {
	if c.JSON {
		return printJSON(term.out, map[string]string{"webhook_secret": app.WebhookSecret})
	}
	_, err := fmt.Fprintln(term.out, app.WebhookSecret)
	return err
}

// listen takes the events from the feed and shows one after the other, while
// the feed reads ahead.
func (c listenCmd) listen(ctx context.Context, term console, platform controlAPI, app api.SandboxApp) error {
	feed := &feed{storeID: c.Store, find: c.control, say: func(text string) { fmt.Fprintln(term.err, text) }}
	if err := feed.open(ctx, platform); err != nil {
		return err
	}
	fmt.Fprintln(term.err, c.greeting())
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	go func() { cancel(feed.run(ctx)) }()
	forward := newForwarder(string(c.ForwardTo), app)
	for {
		select {
		case e := <-feed.events():
			if c.wants(e, app) {
				if err := c.show(ctx, term, forward, e); err != nil {
					return err
				}
			}
		case <-ctx.Done():
			return context.Cause(ctx)
		}
	}
}

func (c listenCmd) greeting() string {
	if c.ForwardTo == "" {
		return "Ready. Showing events as they happen; Ctrl-C ends it."
	}
	return fmt.Sprintf("Ready. Forwarding to %s with the webhook secret of %s (%s shows it).", c.ForwardTo, c.App, block{Sandbox: c.sandboxFlags}.env(c.App))
}

// wants leaves out what this app would not be told, and topics nobody asked
// for.
func (c listenCmd) wants(e api.LiveEvent, app api.SandboxApp) bool {
	return (e.AppID == nil || *e.AppID == app.AppID) && (len(c.Topics) == 0 || slices.Contains(c.Topics, e.Topic))
}

// shown is an event in JSON, with what became of it.
type shown struct {
	api.LiveEvent
	Forward *forwarded `json:"forward,omitempty"`
}

// show prints an event and, when it is forwarded, the answer.
func (c listenCmd) show(ctx context.Context, term console, forward forwarder, e api.LiveEvent) error {
	var body api.WebhookBody[json.RawMessage]
	if err := json.Unmarshal(e.Data, &body); err != nil {
		return fmt.Errorf("event %d is no webhook body: %w", e.Seq, err)
	}
	if !c.JSON {
		fmt.Fprintf(term.out, "%s  --> %s [%s]\n", wallTime(), e.Topic, body.EventID)
	}
	line := shown{LiveEvent: e}
	if c.ForwardTo != "" {
		got, err := forward.post(ctx, e.Topic, body.EventID, e.Data)
		if err != nil {
			return err
		}
		line.Forward = &got
	}
	switch {
	case c.JSON:
		return printJSON(term.out, line)
	case line.Forward != nil:
		fmt.Fprintf(term.out, "%s  <-- %s [%s] %dms%s\n", wallTime(), line.Forward.outcome(), body.EventID, line.Forward.DurationMS,
			strings.TrimRight("  "+line.Forward.Error, " "))
	}
	return nil
}
