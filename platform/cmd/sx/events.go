package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"strconv"

	"github.com/selorax/sandbox/platform/api"
)

type eventsCmd struct {
	List   eventsListCmd   `cmd:"" help:"List what happened, newest first."`
	Show   eventsShowCmd   `cmd:"" help:"Show one event with its body."`
	Resend eventsResendCmd `cmd:"" help:"Deliver an event once more."`
}

type eventsListCmd struct {
	Store int64  `help:"Only of this store." placeholder:"N"`
	Topic string `help:"Only of this topic." placeholder:"TOPIC"`
	Limit int    `help:"How many at most, up to 250." default:"20"`
	sandboxFlags
}

// Help shows how the command is used.
func (eventsListCmd) Help() string {
	return `Example:
  sx events list --topic order.created --limit 5`
}

// Run lists events.
func (c eventsListCmd) Run(term console) error {
	platform, err := c.control()
	if err != nil {
		return err
	}
	page, err := fetchPage[api.SandboxEvent](platform, "/events", filter{
		"store_id": number(c.Store), "topic": c.Topic, "limit": strconv.Itoa(c.Limit),
	}.query())
	if err != nil {
		return err
	}
	if c.JSON {
		return printJSON(term.out, page.Data)
	}
	if len(page.Data) == 0 {
		_, err := fmt.Fprintln(term.err, "No such event has happened. Make one with: "+c.command("trigger", "order.created"))
		return err
	}
	var rows [][]string
	for _, e := range page.Data {
		rows = append(rows, []string{clockTime(e.CreatedAt), e.Topic, fmt.Sprint(e.StoreID), e.EventID})
	}
	if err := printTable(term.out, []string{"AT", "TOPIC", "STORE", "EVENT"}, rows); err != nil {
		return err
	}
	return more(term, len(page.Data), page.Pagination)
}

type eventsShowCmd struct {
	Event string `arg:"" name:"event-id" help:"Id of the event."`
	sandboxFlags
}

// Help shows how the command is used.
func (eventsShowCmd) Help() string {
	return `Example:
  sx events show 0b0c3a51-8f0a-4a4e-9c55-0d6f0f3f7a10`
}

// Run shows one event.
func (c eventsShowCmd) Run(term console) error {
	return ask(c.sandboxFlags, term, http.MethodGet, eventPath(c.Event), nil, func(e api.SandboxEvent) error {
		if err := printFields(term.out, [][2]string{
			{"event", e.EventID}, {"topic", e.Topic}, {"store", fmt.Sprint(e.StoreID)}, {"app", numberOr(e.AppID, "any")},
			{"at", clockTime(e.CreatedAt)}, {"sequence", fmt.Sprint(e.Seq)},
		}); err != nil {
			return err
		}
		var body bytes.Buffer
		if err := json.Indent(&body, e.Body, "", "  "); err != nil {
			return err
		}
		_, err := fmt.Fprintf(term.out, "\n%s\n", body.String())
		return err
	})
}

type eventsResendCmd struct {
	Event        string `arg:"" name:"event-id" help:"Id of the event."`
	Subscription int64  `help:"Only to this subscription; to every active one that matches when left out." placeholder:"N"`
	sandboxFlags
}

// Help shows how the command is used.
func (eventsResendCmd) Help() string {
	return `The event keeps its id: a receiver that remembers ids takes it for a repetition.

Example:
  sx events resend 0b0c3a51-8f0a-4a4e-9c55-0d6f0f3f7a10`
}

// Run delivers an event once more.
func (c eventsResendCmd) Run(term console) error {
	path := eventPath(c.Event) + "/resend"
	if query := (filter{"subscription_id": number(c.Subscription)}).query(); len(query) > 0 {
		path += "?" + query.Encode()
	}
	return ask(c.sandboxFlags, term, http.MethodPost, path, nil, func(got api.SandboxResent) error {
		if len(got.Deliveries) == 0 {
			_, err := fmt.Fprintf(term.err, "No active subscription wants %s, so nothing is sent.\n", got.EventID)
			return err
		}
		for _, d := range got.Deliveries {
			fmt.Fprintf(term.err, "Delivery %d of %s goes to %s.\n", d.DeliveryID, d.EventTopic, d.TargetURL)
		}
		return nil
	})
}

func eventPath(id string) string { return "/events/" + url.PathEscape(id) }
