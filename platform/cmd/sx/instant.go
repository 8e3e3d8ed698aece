package main

import (
	"errors"
	"time"

	"github.com/selorax/sandbox/platform/api"
)

// instant is a point in time as people type it: RFC 3339, or a day, which
// stands for its first moment in UTC.
type instant struct{ time.Time }

// UnmarshalText reads an instant.
func (i *instant) UnmarshalText(text []byte) (err error) {
	if i.Time, err = time.Parse(time.DateOnly, string(text)); err == nil {
		return nil
	}
	if i.Time, err = time.Parse(time.RFC3339Nano, string(text)); err == nil {
		return nil
	}
	return errors.New("must be a time such as 2026-12-01T09:00:00Z, or a day such as 2026-12-01")
}

// wire is the instant as the API has it; nil stays nil.
func (i *instant) wire() *api.Time {
	if i == nil {
		return nil
	}
	return &api.Time{Time: i.UTC()}
}
