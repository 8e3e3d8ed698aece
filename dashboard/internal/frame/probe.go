package frame

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"strings"
	"syscall"
	"time"

	"github.com/selorax/sandbox/platform/dial"
	"github.com/selorax/sandbox/platform/framing"
)

// What a probe found.
const (
	Answering      = "answering"       // the app answers and may be framed
	Refused        = "refused"         // nothing listens at the address
	UnknownHost    = "unknown-host"    // the name has no address
	InsecureTLS    = "insecure-tls"    // the certificate or the handshake failed
	Slow           = "slow"            // no answer in time
	Forbidden      = "forbidden"       // an address this server does not connect to
	Unreachable    = "unreachable"     // any other failure, a bad address included
	ErrorStatus    = "error-status"    // 4xx or 5xx
	RefusedFraming = "refused-framing" // a header forbids the frame
	Redirected     = "redirected"      // the app sends the frame to another origin
)

// Result is what a probe found. Detail is a sentence for the app's developer;
// it holds no query of the address, which is signed.
type Result struct {
	State  string `json:"state"`
	Status int    `json:"status"` // of the HTTP answer, 0 without one
	Detail string `json:"detail"`
}

// Limits of a probe.
const (
	probeTimeout   = 5 * time.Second
	maxRedirects   = 5
	maxHeaderBytes = 64 << 10
)

// Prober asks apps whether they can be framed.
type Prober struct {
	DashboardOrigin string        // scheme://host[:port] of the pages that hold frames
	Timeout         time.Duration // of a whole probe, 5 s if zero
}

// Probe fetches an app's page the way its frame does, but without cookies, and
// says what came of it. Redirects are followed within the app's origin; the
// body is not read.
func (p Prober) Probe(ctx context.Context, address string) Result {
	u, err := url.Parse(address)
	if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
		return Result{State: Unreachable, Detail: "The app's address is not an http or https URL."}
	}
	timeout := p.Timeout
	if timeout == 0 {
		timeout = probeTimeout
	}
	ctx, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, u.String(), nil)
	if err != nil {
		return Result{State: Unreachable, Detail: "The app's address is not an http or https URL."}
	}
	req.Header.Set("Accept", "text/html,*/*;q=0.8")
	req.Header.Set("Sec-Fetch-Dest", "iframe")
	req.Header.Set("User-Agent", "SeloraX-Sandbox-Frame-Probe")
	client := client()
	defer client.CloseIdleConnections()
	res, err := client.Do(req)
	if err != nil {
		return failure(u, timeout, err)
	}
	defer res.Body.Close()
	return p.judge(u, res)
}

// client follows redirects within one origin and uses no proxy, which would
// resolve names out of the dialer's sight.
func client() *http.Client {
	return &http.Client{
		CheckRedirect: func(next *http.Request, via []*http.Request) error {
			if len(via) > maxRedirects || origin(next.URL) != origin(via[0].URL) {
				return http.ErrUseLastResponse
			}
			next.Header.Del("Referer") // holds the signed query
			return nil
		},
		Transport: &http.Transport{DialContext: dial.Dialer{}.DialContext, MaxResponseHeaderBytes: maxHeaderBytes},
	}
}

// judge says what an answer means for the frame. Browsers look at framing
// headers of every answer but redirects, errors included.
func (p Prober) judge(u *url.URL, res *http.Response) Result {
	r := Result{Status: res.StatusCode}
	if to, err := res.Location(); err == nil && res.StatusCode/100 == 3 {
		r.State, r.Detail = Redirected, fmt.Sprintf("%s sends the frame on to %s, which is not the origin of the app's app_url.", origin(u), origin(to))
		if origin(to) == origin(u) {
			r.State, r.Detail = Unreachable, fmt.Sprintf("%s redirects in circles.", origin(u))
		}
		return r
	}
	dashboard, err := url.Parse(p.DashboardOrigin)
	if err != nil {
		dashboard = &url.URL{}
	}
	header := framing.Refusal(res.Header, res.Request.URL, dashboard)
	switch {
	case res.StatusCode >= 400:
		r.State, r.Detail = ErrorStatus, fmt.Sprintf("%s answered %d %s.", origin(u), res.StatusCode, http.StatusText(res.StatusCode))
	case header != "":
		r.State, r.Detail = RefusedFraming, fmt.Sprintf("The app's page sends “%s”, which does not admit %s.", shorten(header), p.DashboardOrigin)
	default:
		r.State, r.Detail = Answering, fmt.Sprintf("%s answered %d and may be framed.", origin(u), res.StatusCode)
	}
	return r
}

// failure says why there was no answer.
func failure(u *url.URL, timeout time.Duration, err error) Result {
	var dns *net.DNSError
	var certificate *tls.CertificateVerificationError
	var record tls.RecordHeaderError
	var alert tls.AlertError
	at := origin(u)
	var slow interface{ Timeout() bool }
	switch {
	case errors.Is(err, dial.ErrNotPublic):
		return Result{State: Forbidden, Detail: at + " is a private address. The dashboard only looks at public addresses and at this machine."}
	case errors.Is(err, syscall.ECONNREFUSED):
		return Result{State: Refused, Detail: "Nothing listens at " + at + "."}
	case errors.Is(err, context.DeadlineExceeded), errors.As(err, &slow) && slow.Timeout():
		return Result{State: Slow, Detail: fmt.Sprintf("%s did not answer within %s.", at, timeout)}
	case errors.As(err, &dns):
		return Result{State: UnknownHost, Detail: "The name " + u.Hostname() + " has no address."}
	case errors.As(err, &certificate):
		return Result{State: InsecureTLS, Detail: fmt.Sprintf("The certificate of %s is not valid: %v.", at, certificate.Err)}
	case errors.Is(err, http.ErrSchemeMismatch), errors.As(err, &record), errors.As(err, &alert):
		return Result{State: InsecureTLS, Detail: at + " does not speak HTTPS, or not in a way browsers accept."}
	}
	return Result{State: Unreachable, Detail: at + " closed the connection without an answer that a browser could show."}
}

func origin(u *url.URL) string {
	host := strings.ToLower(u.Host)
	return u.Scheme + "://" + strings.TrimSuffix(host, ":"+framing.DefaultPort(u.Scheme))
}

// shorten keeps a long policy from filling the card.
func shorten(s string) string {
	const limit = 200
	if r := []rune(s); len(r) > limit {
		return string(r[:limit]) + "…"
	}
	return s
}
