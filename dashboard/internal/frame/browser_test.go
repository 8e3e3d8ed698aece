package frame

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
)

// patience is how long a page may take to get where a test expects it. Only a
// failure uses it up.
const patience = 30 * time.Second

// startBrowser starts a headless Chromium that ends with the test. Without one
// the test is skipped, unless REQUIRE_BROWSER is set.
func startBrowser(t *testing.T) context.Context {
	t.Helper()
	path := os.Getenv("CHROMIUM")
	if path == "" {
		path = "/usr/bin/chromium"
	}
	path, err := exec.LookPath(path)
	if err != nil && os.Getenv("REQUIRE_BROWSER") == "" {
		t.Skipf("no Chromium: `make setup` installs it, CHROMIUM=/path names one (%v)", err)
	}
	if err != nil {
		t.Fatal(err)
	}
	ctx, _ := chromedp.NewExecAllocator(context.Background(), append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.ExecPath(path), chromedp.NoSandbox, chromedp.DisableGPU, chromedp.WindowSize(1280, 900),
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
	return ctx
}

// tab is a page with cookies of its own.
type tab struct {
	*testing.T
	ctx context.Context
}

func openTab(t *testing.T, browser context.Context, url string) tab {
	t.Helper()
	ctx, cancel := chromedp.NewContext(browser, chromedp.WithNewBrowserContext())
	t.Cleanup(cancel)
	// The first run binds the tab to its context, so that one has no end.
	if err := chromedp.Do(ctx, chromedp.EmulateViewport(1280, 900)); err != nil {
		t.Fatal(err)
	}
	p := tab{t, ctx}
	p.open(url)
	return p
}

func (p tab) open(url string) {
	p.Helper()
	ctx, cancel := context.WithTimeout(p.ctx, patience)
	defer cancel()
	if err := chromedp.Do(ctx, chromedp.Navigate(url)); err != nil {
		p.Fatal(err)
	}
}

// eval returns the value of an expression, that of its promise if it is one.
func eval[T any](p tab, expression string, args ...any) T {
	p.Helper()
	v, err := tryEval[T](p, fmt.Sprintf(expression, args...))
	if err != nil {
		p.Fatal(err)
	}
	return v
}

func tryEval[T any](p tab, expression string) (T, error) {
	ctx, cancel := context.WithTimeout(p.ctx, patience)
	defer cancel()
	return chromedp.Run(ctx, chromedp.Evaluate[T](expression, chromedp.EvalAwaitPromise, chromedp.EvalWithCommandLineAPI))
}

// state waits for the card, or the lack of one, and returns what it says.
func (p tab) state(want string) (text string) {
	p.Helper()
	p.until(func() error {
		got, err := tryEval[string](p, `document.querySelector('[data-testid=frame-state]')?.dataset.state ?? ''`)
		if err == nil && got != want {
			err = fmt.Errorf("the frame is %q, want %q", got, want)
		}
		return err
	})
	return eval[string](p, `document.querySelector('[data-testid=frame-state]').textContent`)
}

// until asks a condition until it holds.
func (p tab) until(condition func() error) {
	p.Helper()
	if err := until(p.Context(), condition); err != nil {
		p.Fatal(err)
	}
}

func until(ctx context.Context, condition func() error) error {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	tick := time.NewTicker(10 * time.Millisecond)
	defer tick.Stop()
	for {
		err := condition()
		if err == nil {
			return nil
		}
		select {
		case <-ctx.Done():
			return errors.Join(err, context.Cause(ctx))
		case <-tick.C:
		}
	}
}
