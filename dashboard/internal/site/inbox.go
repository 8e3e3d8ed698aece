package site

import (
	"net/url"
	"slices"

	"github.com/selorax/sandbox/platform/api"

	"github.com/selorax/sandbox/dashboard/internal/page"
)

// inboxData is what the store's apps have sent to people.
type inboxData struct {
	Messages []api.InboxMessage
	List     page.List
	Tabs     []page.Tab
}

// inbox shows messages as those would see them who get them. Nothing leaves the
// sandbox, so this is where they arrive.
func (v *visit) inbox() error {
	list := page.ReadList(v.r.URL, "", nil).WithFilters(v.r.URL, "channel")
	if !slices.Contains(api.Channels, list.Filters["channel"]) {
		delete(list.Filters, "channel")
	}
	if !slices.Contains(api.MessageStatuses, list.Status) {
		list.Status = ""
	}
	found, err := v.session.Messages(v.r.Context(), v.store.StoreID, list.Filters["channel"], query(list))
	if err != nil {
		return err
	}
	data := inboxData{Messages: found.Data, List: list.Found(found.Pagination), Tabs: channelTabs(list.Plain(), list.Filters["channel"])}
	return v.show("shell/inbox", "Messages", "inbox", data, policy{})
}

// channelTabs are one for all channels and one for each.
func channelTabs(path, current string) []page.Tab {
	tabs := []page.Tab{{URL: path, Label: "All", Current: current == ""}}
	for _, channel := range api.Channels {
		tabs = append(tabs, page.Tab{URL: path + "?" + url.Values{"channel": {channel}}.Encode(), Label: page.Channel(channel), Current: channel == current})
	}
	return tabs
}
