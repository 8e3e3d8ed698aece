package web

import (
	"context"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/selorax/sandbox/platform/api"
)

func TestEnvelopes(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		answer func(w http.ResponseWriter) error
		status int
		want   string
	}{
		"ok":         {func(w http.ResponseWriter) error { return OK(w, "Fetched.", 7) }, 200, `{"message":"Fetched.","data":7,"status":200}`},
		"created":    {func(w http.ResponseWriter) error { return Created(w, "Made.", "<a&b>") }, 201, `{"message":"Made.","data":"<a&b>","status":201}`},
		"list":       {func(w http.ResponseWriter) error { return List(w, "L", []int{1}, Page{2, 50}, 51) }, 200, `{"message":"L","data":[1],"pagination":{"page":2,"limit":50,"total":51,"total_pages":2},"status":200}`},
		"full":       {func(w http.ResponseWriter) error { return List(w, "L", []int{1}, Page{1, 50}, 50) }, 200, `{"message":"L","data":[1],"pagination":{"page":1,"limit":50,"total":50,"total_pages":1},"status":200}`},
		"empty list": {func(w http.ResponseWriter) error { return List[int](w, "L", nil, Page{}, 0) }, 200, `{"message":"L","data":[],"pagination":{"page":0,"limit":0,"total":0,"total_pages":0},"status":200}`},
	} {
		w := httptest.NewRecorder()
		if err := test.answer(w); err != nil || w.Code != test.status || strings.TrimSpace(w.Body.String()) != test.want {
			t.Errorf("%s: %d %s, %v", name, w.Code, w.Body, err)
		}
	}
}

func TestWhatCannotBeEncodedWritesNothing(t *testing.T) {
	t.Parallel()
	w := httptest.NewRecorder()
	err := JSON(w, 200, map[string]any{"a": 1, "b": make(chan int)})
	if err == nil || w.Body.Len() != 0 || len(w.Header()) != 0 {
		t.Errorf("%v, wrote %q with %v", err, w.Body, w.Header())
	}
}

func TestHandlerChoosesCaching(t *testing.T) {
	t.Parallel()
	w := httptest.NewRecorder()
	w.Header().Set("Cache-Control", "max-age=60")
	if err := OK(w, "", 0); err != nil || w.Header().Get("Cache-Control") != "max-age=60" {
		t.Errorf("%v, %v", err, w.Header())
	}
}

func TestClientThatLeftIsNoFailure(t *testing.T) {
	t.Parallel()
	var log strings.Builder
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	r := httptest.NewRequestWithContext(ctx, "GET", "/", nil)
	p := Problem(r, slog.New(slog.NewTextHandler(&log, nil)), ctx.Err())
	if p.Code != api.CodeTryAgain || strings.Contains(log.String(), "ERROR") {
		t.Errorf("%v, log %s", p, &log)
	}
	p = Problem(httptest.NewRequest("GET", "/", nil), slog.New(slog.NewTextHandler(&log, nil)), context.Canceled)
	if p.Code != api.CodeInternal || !strings.Contains(log.String(), "ERROR") {
		t.Errorf("a cancellation of our own: %v, log %s", p, &log)
	}
}
