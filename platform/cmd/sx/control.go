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

// patience is how long the platform may take to answer; it gives up itself
// after a minute.
const patience = time.Minute

// controlAPI is the control API of a running sandbox.
type controlAPI struct{ base, key string }

// ask makes the one request of a command and prints the data of the answer: as
// JSON, or as tell has it for people.
func ask[T any](f sandboxFlags, term console, method, path string, body any, tell func(T) error) error {
	platform, err := f.control()
	if err != nil {
		return err
	}
	data, err := call[T](platform, method, path, body)
	if err != nil {
		return err
	}
	if f.JSON {
		return printJSON(term.out, data)
	}
	return tell(data)
}

// call makes one request and returns the data of its answer. A refusal is an
// error in the platform's words.
func call[T any](to controlAPI, method, path string, body any) (data T, err error) {
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	return callContext[T](ctx, to, method, path, body)
}

// callContext is call with a limit of its own.
func callContext[T any](ctx context.Context, to controlAPI, method, path string, body any) (T, error) {
	var answer api.Envelope[T]
	err := to.exchange(ctx, method, path, body, &answer)
	return answer.Data, err
}

// fetchPage gets one page of records.
func fetchPage[T any](to controlAPI, path string, query url.Values) (page api.List[T], err error) {
	ctx, cancel := context.WithTimeout(context.Background(), patience)
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
