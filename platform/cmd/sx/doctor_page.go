package main

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/dial"
	"github.com/selorax/sandbox/platform/framing"
)

// maxRedirects is how often the app's page may send its frame on.
const maxRedirects = 5

// page opens the app's page as the dashboard's frame does, and checks that it
// answers and lets itself be framed.
func (p patient) page() error {
	if p.app.AppURL == "" {
		p.ok("page", "the app has none")
		return nil
	}
	address, err := frameURL(p.app.AppURL, p.storeID, p.ready.DashboardURL, p.own, time.Now())
	if err != nil {
		return err
	}
	res, err := open(address)
	if err != nil {
		p.problem("page", `Start the app with its environment: eval "$(`+p.command("env", "--app", p.app.Slug)+`)"`,
			"%s does not answer: %s", p.app.AppURL, explain(err))
		return nil
	}
	defer res.Body.Close()
	switch {
	case res.StatusCode >= http.StatusInternalServerError, res.StatusCode >= http.StatusBadRequest && p.own != nil:
		p.problem("page", "The address is signed with SESSION_SIGNING_KEY: "+p.command("env", "--app", p.app.Slug),
			"%s answers %s to an address as the dashboard opens it", p.app.AppURL, res.Status)
	case res.StatusCode >= http.StatusMultipleChoices && res.StatusCode < http.StatusBadRequest:
		p.problem("page", p.change("app_url"), "%s sends its frame to another origin, or in circles", p.app.AppURL)
	default:
		p.ok("page", "%s answers %d", p.app.AppURL, res.StatusCode)
	}
	return p.framed(res)
}

// framed checks the headers of the page.
func (p patient) framed(res *http.Response) error {
	dashboard, err := url.Parse(p.ready.DashboardURL)
	if err != nil {
		return err
	}
	if header := framing.Refusal(res.Header, res.Request.URL, dashboard); header != "" {
		p.problem("framing", "Answer with Content-Security-Policy: frame-ancestors "+p.ready.DashboardURL, "the page forbids it with %s", header)
		return nil
	}
	p.ok("framing", "%s may frame the page", p.ready.DashboardURL)
	return nil
}

// open gets a page and follows redirects within its origin.
func open(address string) (*http.Response, error) {
	ctx, cancel := context.WithTimeout(context.Background(), checkWithin)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return nil, err
	}
	req.Header.Set("Accept", "text/html,*/*;q=0.8")
	req.Header.Set("Sec-Fetch-Dest", "iframe")
	client := dial.Dialer{Trusted: true}.Client(checkWithin)
	client.CheckRedirect = func(next *http.Request, via []*http.Request) error {
		if len(via) > maxRedirects || next.URL.Scheme != via[0].URL.Scheme || next.URL.Host != via[0].URL.Host {
			return http.ErrUseLastResponse
		}
		next.Header.Del("Referer") // holds the signed query
		return nil
	}
	res, err := client.Do(req)
	if errors.Is(err, context.DeadlineExceeded) {
		return nil, errors.New("no answer within " + checkWithin.String())
	}
	return res, err
}

// frameURL is the app's address as the dashboard opens it, signed if the app's
// key is known.
func frameURL(appURL string, storeID int64, dashboard string, own *api.SandboxApp, now time.Time) (string, error) {
	u, err := url.Parse(appURL)
	if err != nil || own == nil {
		return appURL, err
	}
	q := u.Query()
	q.Set("store_id", strconv.FormatInt(storeID, 10))
	q.Set("host", base64.RawURLEncoding.EncodeToString([]byte(dashboard)))
	q.Set("timestamp", strconv.FormatInt(now.Unix(), 10))
	var pairs []string
	for _, name := range slices.Sorted(maps.Keys(q)) {
		pairs = append(pairs, name+"="+q.Get(name))
	}
	mac := hmac.New(sha256.New, []byte(own.SessionSigningKey))
	mac.Write([]byte(strings.Join(pairs, "&")))
	q.Set("hmac", hex.EncodeToString(mac.Sum(nil)))
	u.RawQuery = q.Encode()
	return u.String(), nil
}
