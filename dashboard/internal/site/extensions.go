package site

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/selorax/sandbox/platform/api"

	"github.com/selorax/sandbox/dashboard/internal/frame"
	"github.com/selorax/sandbox/dashboard/internal/page"
)

// pageContext is what an extension knows of the page it is on.
type pageContext struct {
	StoreID int64       `json:"store_id"`
	User    userContext `json:"user"`
	Locale  string      `json:"locale"`
	// The record of the page, with its id beside it.
	OrderID    int64              `json:"order_id,omitempty"`
	ProductID  int64              `json:"product_id,omitempty"`
	CustomerID int64              `json:"customer_id,omitempty"`
	Order      *api.OrderDetail   `json:"order,omitempty"`
	Product    *api.ProductDetail `json:"product,omitempty"`
	Customer   *customerContext   `json:"customer,omitempty"`
}

// customerContext is a customer; elsewhere in the API their id is a user's.
type customerContext struct {
	api.Customer
	CustomerID int64 `json:"customer_id"`
}

// userContext is who looks at the page. Extensions are told no more of a
// person than a name.
type userContext struct {
	UserID int64  `json:"user_id"`
	Name   string `json:"name"`
}

// slots gives the page places for extensions, and lets it frame the scripts of
// the store's apps. A store without apps has no slots.
func (v *visit) slots(c pageContext) error {
	if len(v.apps) == 0 {
		return nil
	}
	c.StoreID, c.User, c.Locale = v.store.StoreID, userContext{v.account.UserID, v.account.Name}, "en"
	switch {
	case c.Order != nil:
		c.OrderID = c.Order.OrderID
	case c.Product != nil:
		c.ProductID = c.Product.ProductID
	case c.Customer != nil:
		c.CustomerID = c.Customer.CustomerID
	}
	text, err := json.Marshal(c)
	if err != nil {
		return err
	}
	v.around = &page.Slots{StoreID: c.StoreID, Images: v.PlatformPublicURL, Context: string(text)}
	return nil
}

// scripts are the addresses of the pages that run scripts of the store's apps.
func (v *visit) scripts() (list []string) {
	for _, app := range v.apps {
		list = append(list, fmt.Sprintf("%s/sdk/frame/%d/", v.PlatformPublicURL, app.InstallationID))
	}
	return list
}

// shows reports whether an app of the store shows something at a target.
func (v *visit) shows(target string) bool {
	return slices.ContainsFunc(v.placed, func(e api.ExtensionPlace) bool { return e.Target == target })
}

// links are the pages that apps have put into the navigation, by the app's slug.
// One with a tree or a script is a page of its own; any other is a place inside
// its app.
func (v *visit) links() map[string][]page.Link {
	list := map[string][]page.Link{}
	for _, e := range v.placed {
		if e.Target != api.TargetNavigationLink {
			continue
		}
		link := page.Link{Title: e.Title, URL: v.path("/apps/x/" + e.App.Slug + "/" + e.ExtensionID)}
		if deep := strings.TrimPrefix(e.ActionURL, "/"); !e.Draws && frame.DeepPath(deep) {
			link.URL = v.path("/apps/e/" + e.App.Slug + "/" + deep)
		}
		list[e.App.Slug] = append(list[e.App.Slug], link)
	}
	return list
}

// linked is the page of an extension in the navigation.
func (v *visit) linked() error {
	slug, id := v.text("slug"), v.text("extension")
	i := slices.IndexFunc(v.placed, func(e api.ExtensionPlace) bool {
		return e.Target == api.TargetNavigationLink && e.App.Slug == slug && e.ExtensionID == id
	})
	if i < 0 {
		return missing
	}
	if err := v.slots(pageContext{}); err != nil {
		return err
	}
	return v.show("shell/linked", v.placed[i].Title, "", v.placed[i], policy{})
}
