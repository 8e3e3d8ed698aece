package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"time"

	"github.com/selorax/sandbox/platform/api"
)

// How long the platform may take to answer: a question, and work on data.
const (
	soon = 10 * time.Second
	long = 2 * time.Minute
)

// controlAPI is the control API of a running sandbox.
type controlAPI struct{ base, key string }

// call makes one request and returns the data of its answer. A refusal is an
// error in the platform's words.
func call[T any](to controlAPI, method, path string, body any) (data T, err error) {
	ctx, cancel := context.WithTimeout(context.Background(), soon)
	defer cancel()
	return callWithin[T](ctx, to, method, path, body)
}

// callWithin is call with a limit of its own.
func callWithin[T any](ctx context.Context, to controlAPI, method, path string, body any) (T, error) {
	var answer api.Envelope[T]
	err := to.exchange(ctx, method, path, body, &answer)
	return answer.Data, err
}

// callLong is call for work on data, which may take a while.
func callLong[T any](to controlAPI, method, path string, body any) (data T, err error) {
	ctx, cancel := context.WithTimeout(context.Background(), long)
	defer cancel()
	return callWithin[T](ctx, to, method, path, body)
}

// fetchPage gets one page of records.
func fetchPage[T any](to controlAPI, path string, query url.Values) (page api.List[T], err error) {
	ctx, cancel := context.WithTimeout(context.Background(), soon)
	defer cancel()
	err = to.exchange(ctx, http.MethodGet, path+"?"+query.Encode(), nil, &page)
	return page, err
}

func (to controlAPI) exchange(ctx context.Context, method, path string, body, answer any) error {
	res, err := to.send(ctx, method, path, body)
	if err != nil {
		return err
	}
	defer res.Body.Close()
	return json.NewDecoder(res.Body).Decode(answer)
}

// send makes one request. Its answer is no refusal, and the caller closes it.
func (to controlAPI) send(ctx context.Context, method, path string, body any) (*http.Response, error) {
	var text []byte
	if body != nil {
		var err error
		if text, err = json.Marshal(body); err != nil {
			return nil, err
		}
	}
	req, err := http.NewRequestWithContext(ctx, method, to.base+path, bytes.NewReader(text))
	if err != nil {
		return nil, err
	}
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set(api.HeaderControlKey, to.key)
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		return nil, fmt.Errorf("the platform does not answer: %w", err)
	}
	if res.StatusCode >= http.StatusBadRequest {
		defer res.Body.Close()
		return nil, refusal(res.StatusCode, res.Body)
	}
	return res, nil
}

// refusal is an answer of an error status, in the platform's words.
func refusal(status int, body io.Reader) error {
	var e api.Error
	if err := json.NewDecoder(body).Decode(&e); err != nil || e.Message == "" {
		return fmt.Errorf("the platform answers %d %s; see its log", status, http.StatusText(status))
	}
	return errors.New(e.Message)
}
