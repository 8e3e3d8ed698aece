package site

import (
	"encoding/json"
	"fmt"

	"github.com/selorax/sandbox/platform/api"
)

// slots are the places of a page where apps show extensions.
type slots struct {
	StoreID int64
	Images  string // the origin that pictures may come from
	Context string // what templates of extensions see as context, as JSON
}

// pageContext is what an extension knows of the page it is on.
type pageContext struct {
	StoreID int64              `json:"store_id"`
	User    userContext        `json:"user"`
	Locale  string             `json:"locale"`
	Order   *api.OrderDetail   `json:"order,omitempty"`
	Product *api.ProductDetail `json:"product,omitempty"`
}

// userContext is who looks at the page. Extensions are told no more of a
// person than a name.
type userContext struct {
	UserID int64  `json:"user_id"`
	Name   string `json:"name"`
}

// slots fills in what is the same on every page, and lets the page frame the
// scripts of the store's apps. A store without apps has no slots.
func (v *visit) slots(c pageContext) (*slots, error) {
	if len(v.apps) == 0 {
		return nil, nil
	}
	c.StoreID, c.User, c.Locale = v.store.StoreID, userContext{v.account.UserID, v.account.Name}, "en"
	text, err := json.Marshal(c)
	if err != nil {
		return nil, err
	}
	for _, app := range v.apps {
		v.frames = append(v.frames, fmt.Sprintf("%s/sdk/frame/%d/", v.PlatformPublicURL, app.InstallationID))
	}
	return &slots{StoreID: c.StoreID, Images: v.PlatformPublicURL, Context: string(text)}, nil
}

// selectable reports whether an app of the store does something with the rows
// of a list, so that they can be selected.
func (v *visit) selectable(target string) (bool, error) {
	if len(v.apps) == 0 {
		return false, nil
	}
	placed, err := v.session.Extensions(v.r.Context(), v.store.StoreID, target)
	return len(placed) > 0, err
}
