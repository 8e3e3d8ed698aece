package browser

import (
	"context"

	"github.com/chromedp/chromedp"
)

// Screenshot returns what is in view, as PNG. Chromium never answers for a page
// that is left meanwhile, so it is asked again for the one that comes after.
func (p *Page) Screenshot() ([]byte, error) {
	ctx, cancel := context.WithTimeout(p.ctx, command)
	defer cancel()
	for {
		loads := p.loads()
		done := make(chan shot, 1)
		go func() {
			var s shot
			s.png, s.err = chromedp.Run(ctx, chromedp.CaptureScreenshot())
			done <- s
		}()
		select {
		case s := <-done:
			return s.png, s.err
		case <-loads:
		}
	}
}

// shot is a screenshot, or why there is none.
type shot struct {
	png []byte
	err error
}

// loads returns a channel that closes when the next page has loaded.
func (p *Page) loads() <-chan struct{} {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.loaded == nil {
		p.loaded = make(chan struct{})
	}
	return p.loaded
}
