package main

import (
	"bufio"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/sandbox/credentials"
	"github.com/selorax/sandbox/platform/internal/sandbox/demo"
)

// ordersByDefault is what sx seed adds when nothing is asked for.
const ordersByDefault = 10

type seedCmd struct {
	Store     int64 `help:"Store they belong to; the first demo store when left out." placeholder:"N"`
	Orders    int   `help:"How many orders, up to 1,000." placeholder:"N"`
	Customers int   `help:"How many customers, up to 1,000." placeholder:"N"`
	Products  int   `help:"How many products, up to 1,000." placeholder:"N"`
	sandboxFlags
}

// Help shows how the command is used.
func (seedCmd) Help() string {
	return `Adds believable records to what is there, with their events. Without a count it
adds 10 orders.

Example:
  sx seed --orders 100 --customers 20 --store 23`
}

// Run adds records to a store.
func (c seedCmd) Run(term console) error {
	if c.Orders == 0 && c.Customers == 0 && c.Products == 0 {
		c.Orders = ordersByDefault
	}
	in := api.SandboxSeed{StoreID: c.Store, Orders: c.Orders, Customers: c.Customers, Products: c.Products}
	return ask(c.sandboxFlags, term, http.MethodPost, "/seed", in, func(got api.SandboxSeeded) error {
		_, err := fmt.Fprintf(term.err, "Store %d has %s, %s and %s more.\n", got.StoreID,
			count(len(got.Orders), "order"), count(len(got.Customers), "customer"), count(len(got.Products), "product"))
		return err
	})
}

type resetCmd struct {
	Store int64 `help:"Only this store; everything when left out." placeholder:"N"`
	Yes   bool  `help:"Do not ask."`
	sandboxFlags
}

// Help shows how the command is used.
func (resetCmd) Help() string {
	return `Puts back the data of the first start: of one store, or of the whole sandbox,
where the apps that were registered go too. The credentials of the demo apps stay.

Examples:
  sx reset
  sx reset --store 23 --yes`
}

// Run puts a store or the whole sandbox back to its first state.
func (c resetCmd) Run(term console) error {
	platform, err := c.control()
	if err != nil {
		return err
	}
	if err := c.agreed(term); err != nil {
		return err
	}
	got, forgotten, err := c.reset(platform)
	if err != nil {
		return err
	}
	if c.JSON {
		return printJSON(term.out, got)
	}
	if len(forgotten) > 0 {
		fmt.Fprintf(term.err, "The credentials of %s are gone with the app.\n", strings.Join(forgotten, ", "))
	}
	_, err = fmt.Fprintf(term.err, "Reset of %s. Business time is %s.\n", c.what(), clockTime(got.BusinessTime))
	return err
}

func (c resetCmd) what() string {
	if c.Store == 0 {
		return "the whole sandbox"
	}
	return fmt.Sprintf("store %d", c.Store)
}

// agreed asks whoever sits at the terminal.
func (c resetCmd) agreed(term console) error {
	if c.Yes {
		return nil
	}
	if !term.asks {
		return errors.New("a reset cannot be undone; add --yes to do it without being asked")
	}
	fmt.Fprintf(term.err, "This deletes all changes of %s. Go on? [y/N] ", c.what())
	answer, _ := bufio.NewReader(term.in).ReadString('\n') // an end of input is no
	switch strings.ToLower(strings.TrimSpace(answer)) {
	case "y", "yes":
		return nil
	default:
		return errors.New("nothing was reset")
	}
}

// reset also forgets the credentials of apps that are gone. The file is held
// from before the reset, so that no app is registered in between.
func (c resetCmd) reset(platform controlAPI) (got api.SandboxStatus, forgotten []string, err error) {
	run := func() error {
		got, err = call[api.SandboxStatus](platform, http.MethodPost, "/reset", api.SandboxReset{StoreID: c.Store})
		return err
	}
	if c.Store != 0 {
		err = run()
		return got, nil, err
	}
	err = c.update(func(f *credentials.File) error {
		if err := run(); err != nil {
			return err
		}
		forgotten, err = forget(platform, f)
		return err
	})
	return got, forgotten, err
}

// forget takes the apps out of the credentials that the platform does not
// have, and returns their slugs. Those of the demo stay whatever happens.
func forget(platform controlAPI, f *credentials.File) (slugs []string, err error) {
	apps, err := call[[]api.App](platform, http.MethodGet, "/apps", nil)
	if err != nil {
		return nil, err
	}
	keep := map[string]bool{}
	for _, a := range apps {
		keep[a.Slug] = true
	}
	for _, a := range demo.Apps() {
		keep[a.Slug] = true
	}
	for slug := range f.Apps {
		if !keep[slug] {
			slugs = append(slugs, slug)
			delete(f.Apps, slug)
		}
	}
	slices.Sort(slugs)
	return slugs, nil
}
