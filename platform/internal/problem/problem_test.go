package problem

import (
	"errors"
	"fmt"
	"testing"

	"github.com/selorax/sandbox/platform/api"
)

func TestValidationNamesEveryField(t *testing.T) {
	t.Parallel()
	p := Validation(api.FieldError{Field: "limit", Message: "must be a number"}, api.FieldError{Field: "page", Message: "must be at least 1"})
	want := "The request is not valid: limit must be a number; page must be at least 1."
	if p.Message != want || p.Status != 400 || len(p.Fields) != 2 {
		t.Errorf("got %+v", p)
	}
}

func TestIsSeesThroughWrapping(t *testing.T) {
	t.Parallel()
	err := fmt.Errorf("loading: %w", NotFound("order", 7))
	if !Is(err, api.CodeNotFound) || Is(err, api.CodeConflict) || Is(errors.New("x"), api.CodeNotFound) {
		t.Error("Is does not tell codes apart")
	}
}

func TestCauseIsForTheLogOnly(t *testing.T) {
	t.Parallel()
	cause := errors.New("disk full")
	p := New(503, api.CodeTryAgain, "Try again.")
	p.Cause = cause
	if !errors.Is(p, cause) || p.Message != "Try again." {
		t.Errorf("got %+v", p)
	}
}
