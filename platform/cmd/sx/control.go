package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"time"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/sandbox/local"
)

// controlAPI is the control API of a running sandbox.
type controlAPI struct{ base, key string }

// control finds the sandbox that runs on a data directory.
func control(data string) (controlAPI, local.State, error) {
	state, err := local.Dir(data).Running()
	return controlAPI{state.Ready.ControlURL, state.Ready.ControlKey}, state, err
}

// call makes one request and returns the data of its answer. A refusal is an
// error in the platform's words.
func call[T any](to controlAPI, method, path string, body any) (data T, err error) {
	text, err := json.Marshal(body)
	if err != nil {
		return data, err
	}
	req, err := http.NewRequest(method, to.base+path, bytes.NewReader(text))
	if err != nil {
		return data, err
	}
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set(api.HeaderControlKey, to.key)
	client := &http.Client{Timeout: 10 * time.Second}
	res, err := client.Do(req)
	if err != nil {
		return data, fmt.Errorf("the platform does not answer: %w", err)
	}
	defer res.Body.Close()
	var answer struct {
		Message string `json:"message"`
		Data    T      `json:"data"`
	}
	err = json.NewDecoder(res.Body).Decode(&answer)
	if err == nil && res.StatusCode >= http.StatusBadRequest {
		err = errors.New(answer.Message)
	}
	return answer.Data, err
}
