package httpserve

import (
	"context"
	"fmt"
	"net/http"
	"time"
)

const healthcheckTimeout = 5 * time.Second

// Healthcheck asks the server that listens on addr whether it is ready: nil if
// its /readyz answers 200 within 5 seconds. An unspecified address, as servers
// in containers listen on, is dialled on this machine.
func Healthcheck(ctx context.Context, addr string) error {
	ctx, cancel := context.WithTimeout(ctx, healthcheckTimeout)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://"+addr+"/readyz", nil)
	if err != nil {
		return err
	}
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		return err
	}
	defer res.Body.Close()
	if res.StatusCode != http.StatusOK {
		return fmt.Errorf("GET /readyz answers %s", res.Status)
	}
	return nil
}
