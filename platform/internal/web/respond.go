package web

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"net/http"
	"strconv"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/problem"
)

// OK answers 200 with the envelope.
func OK[T any](w http.ResponseWriter, message string, data T) error {
	return JSON(w, http.StatusOK, api.Envelope[T]{Message: message, Data: data, Status: http.StatusOK})
}

// Created answers 201 with the envelope.
func Created[T any](w http.ResponseWriter, message string, data T) error {
	return JSON(w, http.StatusCreated, api.Envelope[T]{Message: message, Data: data, Status: http.StatusCreated})
}

// List answers 200 with one page of records.
func List[T any](w http.ResponseWriter, message string, data []T, page Page, total int) error {
	limit := max(1, page.Limit)
	return JSON(w, http.StatusOK, api.List[T]{
		Message: message,
		Data:    append([]T{}, data...), // never null
		Pagination: api.Pagination{
			Page: page.Number, Limit: page.Limit, Total: total, TotalPages: (total + limit - 1) / limit,
		},
		Status: http.StatusOK,
	})
}

// JSON answers with any body. It encodes before it writes, so that a failure
// cannot leave half an answer. Answers are not to be cached unless the handler
// said otherwise.
func JSON(w http.ResponseWriter, status int, body any) error {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(body); err != nil {
		return err
	}
	h := w.Header()
	h.Set("Content-Type", "application/json; charset=utf-8")
	h.Set("Content-Length", strconv.Itoa(b.Len()))
	if h.Get("Cache-Control") == "" {
		h.Set("Cache-Control", "no-store")
	}
	w.WriteHeader(status)
	_, _ = w.Write(b.Bytes()) // the caller has gone: nobody is left to tell
	return nil
}

// writeError answers with the platform's error JSON. What is not a Problem is
// logged with the request id and answered as internal_error.
func writeError(w http.ResponseWriter, r *http.Request, log *slog.Logger, err error) {
	p := Problem(r, log, err)
	RetryAfter(w, p)
	body := api.Error{Message: p.Message, Code: p.Code, Status: p.Status, Errors: p.Fields, RequestID: RequestID(r.Context())}
	if p.Shortfall != nil {
		body.Balance, body.Required = &p.Shortfall.Balance, &p.Shortfall.Required
	}
	_ = JSON(w, p.Status, body)
}

// RetryAfter writes the header of a problem that passes.
func RetryAfter(w http.ResponseWriter, p *problem.Problem) {
	if p.RetryAfter > 0 {
		w.Header().Set("Retry-After", strconv.Itoa(seconds(p.RetryAfter)))
	}
}

// Problem returns the refusal in err. Anything else is logged, once, and
// becomes internal_error.
func Problem(r *http.Request, log *slog.Logger, err error) *problem.Problem {
	var p *problem.Problem
	requestID := RequestID(r.Context())
	if errors.As(err, &p) {
		if p.Cause != nil {
			log.WarnContext(r.Context(), "http.refused", "code", p.Code, "error", p.Cause, "request_id", requestID)
		}
		return p
	}
	if errors.Is(err, context.Canceled) && r.Context().Err() != nil {
		log.InfoContext(r.Context(), "http.client_gone", "method", r.Method, "path", r.URL.Path, "request_id", requestID)
		return problem.New(http.StatusServiceUnavailable, api.CodeTryAgain, "The request was cancelled.")
	}
	log.ErrorContext(r.Context(), "http.failed", "method", r.Method, "path", r.URL.Path, "error", err, "request_id", requestID)
	return problem.New(http.StatusInternalServerError, api.CodeInternal,
		"Something went wrong in the platform, not in your request. The log has the details under request id %s.", requestID)
}
