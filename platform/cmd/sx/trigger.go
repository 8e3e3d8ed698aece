package main

import (
	"errors"
	"fmt"
	"net/http"

	"github.com/selorax/sandbox/platform/api"
)

type triggerCmd struct {
	Topic string `arg:"" optional:"" help:"Topic of the event."`
	List  bool   `help:"List the topics and what each changes."`
	Store int64  `help:"Store it happens on; the first demo store when left out." placeholder:"N"`
	App   string `help:"Slug of the app, for topics of one app; the first installed one when left out." placeholder:"SLUG"`
	sandboxFlags
}

// Help shows how the command is used.
func (triggerCmd) Help() string {
	return `The platform makes the real change that the topic tells of, so the record is
there and every later call agrees with the event.

Examples:
  sx trigger order.created
  sx trigger --list`
}

// Validate wants a topic or the list.
func (c triggerCmd) Validate() error {
	if c.List == (c.Topic != "") {
		return errors.New("name one topic, as in sx trigger order.created, or give --list")
	}
	return nil
}

// Run makes an event happen.
func (c triggerCmd) Run(term console) error {
	platform, err := c.control()
	if err != nil {
		return err
	}
	topics, err := call[[]api.SandboxTopic](platform, http.MethodGet, "/trigger", nil)
	if err != nil {
		return err
	}
	if c.List {
		return c.list(term, topics)
	}
	if err := c.known(topics); err != nil {
		return err
	}
	got, err := call[api.SandboxTriggered](platform, http.MethodPost, "/trigger",
		api.SandboxTrigger{Topic: c.Topic, StoreID: c.Store, App: c.App})
	if err != nil {
		return err
	}
	if c.JSON {
		return printJSON(term.out, got)
	}
	_, err = fmt.Fprintf(term.err, "%s\n%s [%s] on store %d goes to %s.\n",
		got.Change, got.Topic, got.Event.EventID, got.StoreID, count(got.Deliveries, "subscription"))
	return err
}

func (c triggerCmd) list(term console, topics []api.SandboxTopic) error {
	if c.JSON {
		return printJSON(term.out, topics)
	}
	var rows [][]string
	for _, t := range topics {
		rows = append(rows, []string{t.Topic, t.Change})
	}
	return printTable(term.out, []string{"TOPIC", "WHAT IT DOES"}, rows)
}

func (c triggerCmd) known(topics []api.SandboxTopic) error {
	var names []string
	for _, t := range topics {
		if t.Topic == c.Topic {
			return nil
		}
		names = append(names, t.Topic)
	}
	return fmt.Errorf("there is no topic %q%s; %s shows them all", c.Topic, didYouMean(c.Topic, names), c.command("trigger", "--list"))
}
