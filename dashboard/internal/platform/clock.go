package platform

import (
	"context"
	"fmt"
	"net/http"

	"github.com/selorax/sandbox/platform/api"
)

const clockPath = "/api/sandbox/clock"

// Clock returns business time. It is for developers, as are the others here.
func (s Session) Clock(ctx context.Context) (api.SandboxClock, error) {
	return get[api.SandboxClock](ctx, s, clockPath)
}

// AdvanceClock moves business time forward and returns the move, which may
// still be under way. While another is it is a refusal with status 409.
func (s Session) AdvanceClock(ctx context.Context, in api.ClockAdvance) (api.ClockOperation, error) {
	return call[api.ClockOperation](ctx, s, http.MethodPost, clockPath+"/advance", in)
}

// FreezeClock stops business time where it is.
func (s Session) FreezeClock(ctx context.Context) (api.SandboxClock, error) {
	return call[api.SandboxClock](ctx, s, http.MethodPost, clockPath+"/freeze", nil)
}

// ResumeClock lets business time run on.
func (s Session) ResumeClock(ctx context.Context) (api.SandboxClock, error) {
	return call[api.SandboxClock](ctx, s, http.MethodPost, clockPath+"/resume", nil)
}

// ClockOperation returns a move with what fired on the way.
func (s Session) ClockOperation(ctx context.Context, id int64) (api.ClockOperation, error) {
	return get[api.ClockOperation](ctx, s, clockOperation(id))
}

// StopClock stops a move where it is.
func (s Session) StopClock(ctx context.Context, id int64) (api.ClockOperation, error) {
	return call[api.ClockOperation](ctx, s, http.MethodPost, clockOperation(id)+"/stop", nil)
}

func clockOperation(id int64) string { return fmt.Sprintf("%s/operations/%d", clockPath, id) }
