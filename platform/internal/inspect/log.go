package inspect

import (
	"slices"
	"strings"
	"sync"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/clock"
	"github.com/selorax/sandbox/platform/internal/event"
)

// Bounds of a log.
const (
	maxEntries = 2_000
	maxBytes   = 32 << 20
)

// Log holds entries. The zero value is ready, and a nil log keeps nothing.
type Log struct {
	// Feed wakes those who follow the log.
	Feed event.Feed

	mu      sync.Mutex
	entries []*entry // oldest first
	bytes   int
	seq     int64
}

// entry is one of them. Its app and store may be found out by names that the
// wire showed.
type entry struct {
	api.InspectorDetail
	clientID string
}

// Add keeps an entry, numbers it, and drops the oldest where there is no room.
// Numbers begin with the machine's time, so that none means two things when a
// process is started again.
func (l *Log) Add(d api.InspectorDetail) { l.add(&entry{InspectorDetail: d}) }

func (l *Log) add(e *entry) {
	if l == nil {
		return
	}
	if e.At.IsZero() {
		e.At = api.Time{Time: clock.Machine()}
	}
	l.mu.Lock()
	l.seq = max(l.seq+1, l.first())
	e.Seq = l.seq
	l.entries = append(l.entries, e)
	l.bytes += e.size()
	drop := 0
	for len(l.entries)-drop > maxEntries || l.bytes > maxBytes {
		l.bytes -= l.entries[drop].size()
		drop++
	}
	l.entries = slices.Delete(l.entries, 0, drop)
	l.mu.Unlock()
	l.Feed.Wake()
}

// first is the number of the first entry.
func (l *Log) first() int64 {
	if l.seq > 0 {
		return 0
	}
	return clock.Machine().UnixMilli()
}

// Newest returns the number of the newest entry, 0 when there was none.
func (l *Log) Newest() int64 {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.seq
}

// newestFirst returns what is kept. The entries are not to be changed.
func (l *Log) newestFirst() []*entry {
	l.mu.Lock()
	defer l.mu.Unlock()
	kept := slices.Clone(l.entries)
	slices.Reverse(kept)
	return kept
}

// remove forgets the entries that forget says, and returns how many.
func (l *Log) remove(forget func(*entry) bool) int {
	l.mu.Lock()
	defer l.mu.Unlock()
	before := len(l.entries)
	l.entries = slices.DeleteFunc(l.entries, func(e *entry) bool {
		gone := forget(e)
		if gone {
			l.bytes -= e.size()
		}
		return gone
	})
	return before - len(l.entries)
}

// size is what an entry takes in memory, in bytes, about.
func (e *entry) size() int {
	n := 500 + len(e.Title) + len(e.Note) + len(e.Curl)
	for _, m := range []*api.InspectorMessage{e.Request, e.Response} {
		if m == nil {
			continue
		}
		n += len(m.Body)
		for _, h := range m.Headers {
			n += 50 + len(h.Name) + len(h.Value)
		}
	}
	return n
}

// says reports whether a text, in lower case, stands in an entry.
func (e *entry) says(text string) bool {
	for _, s := range []*string{&e.Title, &e.Note, e.RequestID, e.EventID} {
		if s != nil && strings.Contains(strings.ToLower(*s), text) {
			return true
		}
	}
	return false
}
