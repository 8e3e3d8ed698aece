package browsertest

import (
	"context"
	"os"
	"os/exec"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

// patience is how long a page may take to get where a test expects it. Only a
// failure uses it up.
const patience = 30 * time.Second

// Browser is a running Chromium.
type Browser struct{ ctx context.Context }

// Start starts a Chromium that ends with the test.
func Start(t testing.TB) Browser {
	t.Helper()
	path, err := find()
	if err != nil && os.Getenv("REQUIRE_BROWSER") == "" {
		t.Skipf("no Chromium: `make setup` installs it, CHROMIUM=/path names one (%v)", err)
	}
	if err != nil {
		t.Fatal(err)
	}
	ctx, _ := chromedp.NewExecAllocator(context.Background(), append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.ExecPath(path), chromedp.NoSandbox, chromedp.DisableGPU, chromedp.Flag("hide-scrollbars", true),
		chromedp.Flag("disable-component-update", true))...)
	ctx, _ = chromedp.NewContext(ctx)
	if err := chromedp.Do(ctx); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		ctx, cancel := context.WithTimeout(ctx, patience)
		defer cancel()
		if err := chromedp.Cancel(ctx); err != nil {
			t.Error("close the browser: ", err)
		}
	})
	return Browser{ctx}
}

func find() (path string, err error) {
	for _, name := range []string{os.Getenv("CHROMIUM"), "chromium", "chromium-browser", "google-chrome"} {
		if path, err = exec.LookPath(name); err == nil {
			return path, nil
		}
	}
	return "", err
}

// Screen is what a tab is shown on.
type Screen struct {
	Width, Height int64
	Dark          bool
	Still         bool // prefers-reduced-motion
}

// Open opens a tab with cookies of its own. It fails the test at its end if
// the page threw an exception or broke its own policy.
func (b Browser) Open(t testing.TB, s Screen) *Tab {
	t.Helper()
	p := &Tab{TB: t}
	var cancel context.CancelFunc
	p.ctx, cancel = chromedp.NewContext(b.ctx, chromedp.WithNewBrowserContext(), chromedp.WithListener(p.hear))
	t.Cleanup(cancel)
	t.Cleanup(p.complain)
	scheme := "light"
	if s.Dark {
		scheme = "dark"
	}
	motion := "no-preference"
	if s.Still {
		motion = "reduce"
	}
	media := chromedp.Func(func(ctx context.Context, target *chromedp.Target) error {
		_, err := cdp.Call(ctx, target, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Features: []*emulation.MediaFeature{
			{Name: "prefers-color-scheme", Value: scheme}, {Name: "prefers-reduced-motion", Value: motion},
		}})
		return err
	})
	// The first run binds the tab to its context, so that one has no end.
	if err := chromedp.Do(p.ctx, chromedp.EmulateViewport(s.Width, s.Height), media); err != nil {
		t.Fatal(err)
	}
	return p
}

// hear notes what goes wrong in the page. It runs inside the browser's read
// loop and must not call the browser.
func (p *Tab) hear(event any) {
	p.mu.Lock()
	defer p.mu.Unlock()
	switch e := event.(type) {
	case *runtime.EventExceptionThrown:
		text := e.ExceptionDetails.Text
		if e.ExceptionDetails.Exception != nil {
			text = e.ExceptionDetails.Exception.Description
		}
		p.problems = append(p.problems, text)
	case *log.EventEntryAdded:
		if e.Entry.Level == log.EntryLevelError && e.Entry.Source != log.EntrySourceNetwork {
			p.problems = append(p.problems, e.Entry.Text)
		}
	}
}

func (p *Tab) complain() {
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, problem := range p.problems {
		if slices.ContainsFunc(p.allowed, func(part string) bool { return strings.Contains(problem, part) }) {
			continue
		}
		p.Error("in the page: ", problem)
	}
}
