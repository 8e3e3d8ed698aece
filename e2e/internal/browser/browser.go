package browser

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"

	"github.com/selorax/sandbox/e2e/internal/wait"
)

// Size of a page, that of a small desktop window.
const (
	Width  = 1280
	Height = 900
)

// command is how long one call of the browser may take; waiting for a page to
// change is the caller's.
const command = 30 * time.Second

// Browser is a headless Chromium. Its methods may be called at once.
type Browser struct{ ctx context.Context }

// Start starts the Chromium at path. It makes no connection of its own accord.
func Start(path string) (*Browser, error) {
	options := append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.ExecPath(path), chromedp.NoSandbox, chromedp.DisableGPU, chromedp.WindowSize(Width, Height),
		chromedp.Flag("disable-quic", true), chromedp.Flag("disable-component-update", true))
	ctx, _ := chromedp.NewExecAllocator(context.Background(), options...)
	ctx, _ = chromedp.NewContext(ctx)
	if err := chromedp.Do(ctx); err != nil {
		return nil, fmt.Errorf("start %s: %w", path, err)
	}
	return &Browser{ctx: ctx}, nil
}

// Close ends the browser.
func (b *Browser) Close() error {
	ctx, cancel := context.WithTimeout(b.ctx, command)
	defer cancel()
	return chromedp.Cancel(ctx)
}

// Page is a tab, or a frame inside one.
type Page struct {
	ctx   context.Context
	close context.CancelFunc

	mu       sync.Mutex
	visited  []string
	problems []string
	loaded   chan struct{} // closes with the next page that has loaded; nil: nobody waits
}

// Open opens an empty tab that shares no cookies with any other.
func (b *Browser) Open() (*Page, error) {
	p := &Page{}
	p.ctx, p.close = chromedp.NewContext(b.ctx, chromedp.WithNewBrowserContext(), chromedp.WithListener(p.hear))
	// The first run binds the tab to its context, so it gets one without an end.
	if err := chromedp.Do(p.ctx, chromedp.EmulateViewport(Width, Height)); err != nil {
		p.close()
		return nil, err
	}
	return p, nil
}

// SetDark says whether the person at the browser wants dark pages.
func (p *Page) SetDark(dark bool) error {
	scheme := "light"
	if dark {
		scheme = "dark"
	}
	_, err := run(p, chromedp.Func(func(ctx context.Context, target *chromedp.Target) error {
		_, err := cdp.Call(ctx, target, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{
			Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme}, {Name: "prefers-reduced-motion", Value: "reduce"}},
		})
		return err
	}))
	return err
}

// Close closes the tab, or lets go of the frame.
func (p *Page) Close() { p.close() }

// hear notes what the page asks for and what goes wrong in it. It runs inside
// the browser's read loop and must not call the browser.
func (p *Page) hear(event any) {
	p.mu.Lock()
	defer p.mu.Unlock()
	switch e := event.(type) {
	case *network.EventRequestWillBeSent:
		if e.Type == network.ResourceTypeDocument {
			p.visited = append(p.visited, e.Request.URL)
		}
	case *page.EventLoadEventFired:
		if p.loaded != nil {
			close(p.loaded)
			p.loaded = nil
		}
	case *runtime.EventExceptionThrown:
		p.problems = append(p.problems, "exception: "+describe(e.ExceptionDetails))
	case *log.EventEntryAdded:
		if e.Entry.Level == log.EntryLevelError {
			p.problems = append(p.problems, fmt.Sprintf("%s: %s %s", e.Entry.Source, e.Entry.Text, e.Entry.URL))
		}
	}
}

func describe(e *runtime.ExceptionDetails) string {
	if e.Exception != nil && e.Exception.Description != "" {
		return e.Exception.Description
	}
	return e.Text
}

// Visited returns the address of every document asked for so far, those that
// answered with a redirect and those of frames included.
func (p *Page) Visited() []string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return slices.Clone(p.visited)
}

// Problems returns the uncaught exceptions and the errors of the browser log.
func (p *Page) Problems() []string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return slices.Clone(p.problems)
}

// Goto opens an address and waits until it has loaded.
func (p *Page) Goto(url string) error {
	_, err := run(p, chromedp.Navigate(url))
	return err
}

// URL returns the address of the page.
func (p *Page) URL() (string, error) { return run(p, chromedp.Location()) }

// HTML returns the page as it stands now.
func (p *Page) HTML() (string, error) {
	return Eval[string](p, "document.documentElement.outerHTML")
}

// Eval returns the value of a JavaScript expression, that of its promise if it is one.
func Eval[T any](p *Page, expression string) (T, error) {
	return run(p, chromedp.Evaluate[T](expression, chromedp.EvalAwaitPromise))
}

// Click clicks the middle of the first element that matches the selector, as
// soon as it is there, in view, not covered, and has stopped moving.
func (p *Page) Click(css string) error {
	var at, before spot
	err := wait.Until(p.ctx, func() (err error) {
		before = at
		if at, err = Eval[spot](p, locate(css)); err != nil {
			return err
		}
		if at.Why != "" {
			return fmt.Errorf("%s %s", css, at.Why)
		}
		if at != before {
			return fmt.Errorf("%s is moving", css)
		}
		return nil
	})
	if err != nil {
		return err
	}
	_, err = run(p, chromedp.MouseClickXY(at.X, at.Y))
	return err
}

// Type replaces the text of a field by typing.
func (p *Page) Type(css, text string) error {
	if err := p.Click(css); err != nil {
		return err
	}
	if _, err := Eval[bool](p, "document.activeElement.select(), true"); err != nil {
		return err
	}
	_, err := run(p, chromedp.KeyEvent(text))
	return err
}

// Frame attaches to the frame of another site inside the page whose address
// begins with prefix. Such a frame has a process of its own; the page itself
// sees nothing of it. Close lets go of it.
func (p *Page) Frame(prefix string) (*Page, error) {
	ctx, cancel := context.WithTimeout(p.ctx, command)
	defer cancel()
	targets, err := chromedp.Targets(ctx)
	if err != nil {
		return nil, err
	}
	self := chromedp.FromContext(p.ctx).Target.TargetID
	for _, t := range targets {
		if t.Type != "iframe" || t.ParentID != self || !strings.HasPrefix(t.URL, prefix) {
			continue
		}
		f := &Page{}
		f.ctx, f.close = chromedp.NewContext(p.ctx, chromedp.WithTargetID(t.TargetID),
			chromedp.WithDetachOnCancel(), chromedp.WithListener(f.hear))
		return f, chromedp.Do(f.ctx)
	}
	return nil, errors.New("there is no frame at " + prefix)
}

// run runs one action with a limit on its time.
func run[T any](p *Page, action chromedp.Action[T]) (T, error) {
	ctx, cancel := context.WithTimeout(p.ctx, command)
	defer cancel()
	return chromedp.Run(ctx, action)
}
