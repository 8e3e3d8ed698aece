package main

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"unicode"

	"github.com/selorax/sandbox/platform/api"
)

type deliveriesCmd struct {
	List   deliveriesListCmd   `cmd:"" help:"List webhook deliveries, newest first."`
	Show   deliveriesShowCmd   `cmd:"" help:"Show one delivery, its attempts and what the app answered."`
	Resend deliveriesResendCmd `cmd:"" help:"Send a delivery once more."`
}

type deliveriesListCmd struct {
	Store  int64  `help:"Only of this store." placeholder:"N"`
	App    string `help:"Only to this app." placeholder:"SLUG"`
	Topic  string `help:"Only of this topic." placeholder:"TOPIC"`
	Status string `help:"Only in this state: ${delivery_states}." enum:",${delivery_states}" default:"" placeholder:"STATE"`
	Event  string `help:"Only of this event." placeholder:"EVENT_ID"`
	Limit  int    `help:"How many at most, up to 250." default:"20"`
	sandboxFlags
}

// Help shows how the command is used.
func (deliveriesListCmd) Help() string {
	return `Examples:
  sx deliveries list --app my-app --status dead
  sx deliveries list --event 0b0c3a51-8f0a-4a4e-9c55-0d6f0f3f7a10`
}

// Run lists deliveries.
func (c deliveriesListCmd) Run(term console) error {
	platform, err := c.control()
	if err != nil {
		return err
	}
	page, err := fetchPage[api.Delivery](platform, "/deliveries", filter{
		"store_id": number(c.Store), "app": c.App, "topic": c.Topic, "status": c.Status, "event_id": c.Event, "limit": strconv.Itoa(c.Limit),
	}.query())
	if err != nil {
		return err
	}
	if c.JSON {
		return printJSON(term.out, page.Data)
	}
	if len(page.Data) == 0 {
		_, err := fmt.Fprintln(term.err, "There is no such delivery. An app gets one for each event it subscribes to: "+c.command("trigger", "order.created"))
		return err
	}
	var rows [][]string
	for _, d := range page.Data {
		rows = append(rows, []string{
			fmt.Sprint(d.DeliveryID), d.Status, fmt.Sprint(d.AttemptCount), lastAnswer(d), d.EventTopic, fmt.Sprint(d.StoreID), clockTime(d.CreatedAt), d.TargetURL,
		})
	}
	if err := printTable(term.out, []string{"ID", "STATUS", "TRIES", "ANSWER", "TOPIC", "STORE", "CREATED", "TARGET"}, rows); err != nil {
		return err
	}
	return more(term, len(page.Data), page.Pagination)
}

func lastAnswer(d api.Delivery) string {
	if len(d.Attempts) == 0 {
		return "-"
	}
	return numberOr(d.Attempts[len(d.Attempts)-1].ResponseStatus, "none")
}

type deliveriesShowCmd struct {
	Delivery int64 `arg:"" name:"id" help:"Id of the delivery."`
	sandboxFlags
}

// Help shows how the command is used.
func (deliveriesShowCmd) Help() string {
	return `With --json also the headers and the body that were sent.

Example:
  sx deliveries show 12`
}

// Run shows one delivery.
func (c deliveriesShowCmd) Run(term console) error {
	return ask(c.sandboxFlags, term, http.MethodGet, deliveryPath(c.Delivery), nil, func(whole json.RawMessage) error {
		var d api.Delivery
		if err := json.Unmarshal(whole, &d); err != nil {
			return err
		}
		if err := printFields(term.out, [][2]string{
			{"delivery", fmt.Sprint(d.DeliveryID)}, {"status", d.Status}, {"topic", d.EventTopic}, {"event", d.EventID},
			{"store", fmt.Sprint(d.StoreID)}, {"subscription", numberOr(d.SubscriptionID, "none")}, {"target", d.TargetURL},
			{"next attempt", clockTimeOr(d.NextAttemptAt, "none")},
		}); err != nil {
			return err
		}
		for _, a := range d.Attempts {
			if err := printAttempt(term, a); err != nil {
				return err
			}
		}
		return nil
	})
}

// printAttempt shows what the app answered, in the app's own words.
func printAttempt(term console, a api.DeliveryAttempt) error {
	outcome := "no answer"
	if a.ResponseStatus != nil {
		outcome = fmt.Sprintf("%d %s", *a.ResponseStatus, http.StatusText(*a.ResponseStatus))
	}
	if a.Error != nil {
		outcome += ": " + *a.Error
	}
	text := fmt.Sprintf("\nattempt %d  %s  %d ms  %s\n", a.Number, clockTime(a.StartedAt), a.DurationMS, outcome)
	for line := range strings.Lines(a.ResponseBody) {
		text += "  " + printable(strings.TrimRight(line, "\r\n")) + "\n"
	}
	_, err := fmt.Fprint(term.out, text)
	return err
}

// printable keeps what an app answers from steering the terminal.
func printable(line string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) && r != '\t' {
			return unicode.ReplacementChar
		}
		return r
	}, line)
}

type deliveriesResendCmd struct {
	Delivery int64 `arg:"" name:"id" help:"Id of the delivery."`
	sandboxFlags
}

// Help shows how the command is used.
func (deliveriesResendCmd) Help() string {
	return `A new delivery of the same event to the same target; the old one stays as it is.

Example:
  sx deliveries resend 12`
}

// Run sends a delivery once more.
func (c deliveriesResendCmd) Run(term console) error {
	return ask(c.sandboxFlags, term, http.MethodPost, deliveryPath(c.Delivery)+"/resend", nil, func(got api.Delivery) error {
		_, err := fmt.Fprintf(term.err, "Delivery %d of %s goes to %s. See it with: %s\n",
			got.DeliveryID, got.EventTopic, got.TargetURL, c.command("deliveries", "show", fmt.Sprint(got.DeliveryID)))
		return err
	})
}

func deliveryPath(id int64) string { return "/deliveries/" + strconv.FormatInt(id, 10) }
