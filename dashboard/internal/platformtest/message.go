package platformtest

import (
	"fmt"
	"time"

	"github.com/selorax/sandbox/platform/api"
)

// Message puts a message of an app into a store's inbox.
func (p *Platform) Message(slug string, m api.Message) {
	p.mu.Lock()
	defer p.mu.Unlock()
	app := p.app(slug)
	m.MessageID, m.AppID = int64(len(p.messages)+1), app.AppID
	m.CreatedAt = api.At(time.Date(2026, 1, 31, 9, 30, len(p.messages), 0, time.UTC).UnixMilli())
	p.messages = append([]api.InboxMessage{{Message: m, App: card(app)}}, p.messages...)
}

func (p *Platform) listMessages(c call) (any, error) {
	q, found := c.URL.Query(), []api.InboxMessage{}
	for _, m := range p.messages {
		same := func(name, value string) bool { return q.Get(name) == "" || q.Get(name) == value }
		if fmt.Sprint(m.StoreID) == c.PathValue("store_id") && same("channel", m.Channel) && same("status", m.Status) {
			found = append(found, m)
		}
	}
	return page(c, found)
}
