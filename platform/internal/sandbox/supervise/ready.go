package supervise

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"time"
)

// readyCheck is the pause between two looks at a program that is starting.
const readyCheck = 5 * time.Millisecond

// allReady returns once every program answers 200 on /readyz, or with an
// error that names those which did not before ctx ended.
func allReady(ctx context.Context, programs []Program) error {
	client := &http.Client{
		Timeout:   5 * time.Second,
		Transport: &http.Transport{DisableKeepAlives: true},
	}
	late := make(chan error, len(programs))
	for _, p := range programs {
		url := "http://" + p.Listener.Addr().String() + "/readyz"
		go func() {
			if why := untilReady(ctx, client, url); why != nil {
				late <- fmt.Errorf("%s did not become ready in time: %w", p.Name, why)
				return
			}
			late <- nil
		}()
	}
	var errs []error
	for range programs {
		errs = append(errs, <-late)
	}
	return errors.Join(errs...)
}

// untilReady asks url until it answers 200. When ctx ends first it returns
// what the last look found.
func untilReady(ctx context.Context, client *http.Client, url string) error {
	tick := time.NewTicker(readyCheck)
	defer tick.Stop()
	for {
		err := probe(ctx, client, url)
		if err == nil {
			return nil
		}
		select {
		case <-ctx.Done():
			return err
		case <-tick.C:
		}
	}
}

func probe(ctx context.Context, client *http.Client, url string) error {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		return err
	}
	res, err := client.Do(req)
	if err != nil {
		return err
	}
	defer res.Body.Close()
	if res.StatusCode != http.StatusOK {
		return fmt.Errorf("GET /readyz answers %s", res.Status)
	}
	return nil
}
