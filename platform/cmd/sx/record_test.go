package main

import (
	"bytes"
	"log/slog"
	"strings"
	"testing"
)

// Both forms of slog read the same.
func TestShortLines(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		log  func(*slog.Logger)
		want string
	}{
		"a request": {func(l *slog.Logger) {
			l.Info("http.request", "method", "GET", "path", "/api/apps/v1/orders", "status", 200, "ms", 12, "request_id", "r-1")
		}, "GET /api/apps/v1/orders 200 12ms"},
		"a path that needs quotes": {func(l *slog.Logger) {
			l.Info("http.request", "method", "GET", "path", `/a "b" c=d`, "status", 404, "ms", 0)
		}, `GET /a "b" c=d 404 0ms`},
		"a webhook": {func(l *slog.Logger) {
			l.Info("webhook.attempt", "delivery_id", 7, "number", 1, "topic", "order.created", "http_status", 200, "ms", 4, "outcome", "delivered")
		}, "webhook order.created delivered 200 4ms attempt 1"},
		"a webhook without an answer": {func(l *slog.Logger) {
			l.Info("webhook.attempt", "number", 2, "topic", "order.created", "http_status", 0, "ms", 1, "outcome", "retrying", "error", "connection refused")
		}, "webhook order.created retrying no answer 1ms attempt 2: connection refused"},
		"anything else": {func(l *slog.Logger) {
			l.Info("platform.ready", "addr", "127.0.0.1:5001", "note", "two words", "none", "")
		}, `platform.ready addr=127.0.0.1:5001 none="" note="two words"`},
		"an error": {func(l *slog.Logger) { l.Error("http.panic", "cause", "x") }, "ERROR http.panic cause=x"},
		"what would steer the terminal": {func(l *slog.Logger) {
			l.Info("http.request", "method", "GET", "path", "/\x1b[2J", "status", 404, "ms", 1)
		}, "GET /\ufffd[2J 404 1ms"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			for form, make := range map[string]func(*bytes.Buffer) slog.Handler{
				"text": func(b *bytes.Buffer) slog.Handler { return slog.NewTextHandler(b, nil) },
				"JSON": func(b *bytes.Buffer) slog.Handler { return slog.NewJSONHandler(b, nil) },
			} {
				var line bytes.Buffer
				tt.log(slog.New(make(&line)))
				at, got := short(strings.TrimSuffix(line.String(), "\n"))
				if len(at) != len("15:04:05") || inOrder(got) != inOrder(tt.want) {
					t.Errorf("%s: %q at %q, want %q", form, got, at, tt.want)
				}
			}
		})
	}
}

// inOrder forgives the text form the order of its fields.
func inOrder(text string) string {
	return strings.Replace(text, `note="two words" none=""`, `none="" note="two words"`, 1)
}

// What is no record stays as it is.
func TestOtherLinesStay(t *testing.T) {
	t.Parallel()
	for _, line := range []string{
		"", "panic: runtime error", "goroutine 1 [running]:", "x=1", `{"level":"INFO"}`, `time="broken`, "WARNING: DATA RACE", "time=yesterday msg=x", `[1]`,
	} {
		if at, got := short(line); at != "" || got != line {
			t.Errorf("%q became %q at %q", line, got, at)
		}
	}
}

func FuzzParseRecord(f *testing.F) {
	f.Add(`time=2026-03-01T12:00:00Z level=INFO msg=x a="b c"`)
	f.Add(`{"time":"2026-03-01T12:00:00Z","level":"INFO","msg":"x","a":{"b":1}}`)
	f.Add(`time="`)
	f.Fuzz(func(t *testing.T, line string) {
		if r, ok := parseRecord(line); ok && (r.Message == "" || r.Time.IsZero() && !strings.Contains(line, "0001-01-01")) {
			t.Errorf("%q is taken for %+v", line, r)
		}
		short(line)
	})
}
