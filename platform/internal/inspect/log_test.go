package inspect

import (
	"strings"
	"testing"

	"github.com/selorax/sandbox/platform/api"
)

func add(l *Log, title string, body int) {
	d := api.InspectorDetail{Request: &api.InspectorMessage{Body: strings.Repeat("x", body)}}
	d.Title = title
	l.Add(d)
}

func TestLogKeepsTheNewest(t *testing.T) {
	t.Parallel()
	l := &Log{}
	add(l, "first", 0)
	first := l.Newest()
	for range maxEntries {
		add(l, "more", 0)
	}
	kept := l.newestFirst()
	if len(kept) != maxEntries || kept[0].Seq != l.Newest() || kept[len(kept)-1].Seq != first+1 {
		t.Errorf("%d entries, from %d to %d; the first was %d", len(kept), kept[len(kept)-1].Seq, kept[0].Seq, first)
	}
}

func TestLogIsBoundInBytes(t *testing.T) {
	t.Parallel()
	l := &Log{}
	const large = 1 << 20
	for range 2 * maxBytes / large {
		add(l, "large", large)
	}
	if kept := len(l.newestFirst()); kept > maxBytes/large || kept < maxBytes/large-1 {
		t.Errorf("%d entries of a MiB are kept", kept)
	}
	if l.remove(func(*entry) bool { return true }); l.bytes != 0 {
		t.Errorf("an empty log has %d bytes", l.bytes)
	}
}

func TestNilLogKeepsNothing(t *testing.T) {
	t.Parallel()
	var l *Log
	l.Add(api.InspectorDetail{})
}

func TestFollowersWake(t *testing.T) {
	t.Parallel()
	l := &Log{}
	changed := l.Feed.Changed()
	add(l, "new", 0)
	<-changed
}

func BenchmarkAdd(b *testing.B) {
	l := &Log{}
	b.ReportAllocs()
	for b.Loop() {
		add(l, "GET /api/apps/v1/orders", 1000)
	}
}
