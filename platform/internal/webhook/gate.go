package webhook

import (
	"cmp"
	"net/url"
	"slices"
	"strings"
	"sync"
)

// maxInFlight bounds the attempts that one process has in flight to one host,
// over all subscriptions, so that a slow app cannot hold up the others.
const maxInFlight = 10

// gate lets maxInFlight attempts at a time through to each host. The others
// wait in a line, which holds no worker of the queue: a place that becomes free
// goes to the delivery that was made first. The lines are memory only; a
// delivery that stands in one when the process ends is due and not claimed, and
// Recover finds it.
type gate struct {
	mu    sync.Mutex
	hosts map[string]*line

	// What Run has not seen yet:
	passed []turn // places that workers of the queue have passed on
	due    []turn // attempts that Recover found; they have no place

	once  sync.Once
	woken chan struct{}
}

// line is what goes on at one host.
type line struct {
	inFlight int
	waiting  []Attempt // by delivery
}

// turn is a place at a host that has come free, with the attempt whose it is.
type turn struct {
	host string
	job  Attempt
}

// enter takes a place at a host; without one the attempt gets in line.
func (g *gate) enter(host string, job Attempt) bool {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.hosts == nil {
		g.hosts = map[string]*line{}
	}
	l := g.hosts[host]
	if l == nil {
		l = &line{}
		g.hosts[host] = l
	}
	if l.inFlight < maxInFlight {
		l.inFlight++
		return true
	}
	at, found := slices.BinarySearchFunc(l.waiting, job, func(a, b Attempt) int { return cmp.Compare(a.DeliveryID, b.DeliveryID) })
	if !found {
		l.waiting = slices.Insert(l.waiting, at, job)
	}
	return false
}

// leave passes a place on to the first in line, or gives it up.
func (g *gate) leave(host string) (next turn, ok bool) {
	g.mu.Lock()
	defer g.mu.Unlock()
	l := g.hosts[host]
	if len(l.waiting) > 0 {
		next = turn{host, l.waiting[0]}
		l.waiting = l.waiting[1:]
		return next, true
	}
	if l.inFlight--; l.inFlight == 0 {
		delete(g.hosts, host)
	}
	return turn{}, false
}

// pass hands a place to Run.
func (g *gate) pass(t turn) {
	g.mu.Lock()
	g.passed = append(g.passed, t)
	g.mu.Unlock()
	g.wake()
}

// resume hands attempts to Run, now or once it runs.
func (g *gate) resume(due []turn) {
	g.mu.Lock()
	g.due = append(g.due, due...)
	g.mu.Unlock()
	g.wake()
}

// unseen returns what Run has not seen yet.
func (g *gate) unseen() (passed, due []turn) {
	g.mu.Lock()
	defer g.mu.Unlock()
	passed, due = g.passed, g.due
	g.passed, g.due = nil, nil
	return passed, due
}

func (g *gate) wake() {
	select {
	case g.wakes() <- struct{}{}:
	default:
	}
}

func (g *gate) wakes() chan struct{} {
	g.once.Do(func() { g.woken = make(chan struct{}, 1) })
	return g.woken
}

// hostOf names the host and port that a URL leads to.
func hostOf(target string) string {
	u, err := url.Parse(target)
	if err != nil {
		return target
	}
	port := u.Port()
	if port == "" {
		port = map[string]string{"http": "80", "https": "443"}[u.Scheme]
	}
	return strings.ToLower(u.Hostname()) + ":" + port
}
