package site

import (
	"encoding/json"

	"github.com/selorax/sandbox/platform/api"
)

// slot is a place of a page where apps show extensions.
type slot struct {
	Target  string
	StoreID int64
	Images  string // the origin that pictures may come from
	Context string // what templates of extensions see as context, as JSON
}

// pageContext is what an extension knows of the page it is on.
type pageContext struct {
	StoreID int64            `json:"store_id"`
	User    userContext      `json:"user"`
	Locale  string           `json:"locale"`
	Order   *api.OrderDetail `json:"order,omitempty"`
}

// userContext is who looks at the page. Extensions are told no more of a
// person than a name.
type userContext struct {
	UserID int64  `json:"user_id"`
	Name   string `json:"name"`
}

// slot fills in what is the same on every page. A store without apps has no
// slots.
func (v *visit) slot(target string, c pageContext) (*slot, error) {
	if len(v.apps) == 0 {
		return nil, nil
	}
	c.StoreID, c.User, c.Locale = v.store.StoreID, userContext{v.account.UserID, v.account.Name}, "en"
	text, err := json.Marshal(c)
	if err != nil {
		return nil, err
	}
	return &slot{Target: target, StoreID: c.StoreID, Images: v.PlatformPublicURL, Context: string(text)}, nil
}
