package platform

import (
	"context"
	"fmt"
	"net/http"

	"github.com/selorax/sandbox/platform/api"
)

const faultsPath = "/api/sandbox/faults"

// Faults returns every fault rule, the oldest first. They are for developers.
func (s Session) Faults(ctx context.Context) ([]api.Fault, error) {
	return get[[]api.Fault](ctx, s, faultsPath)
}

// SetFault makes a rule.
func (s Session) SetFault(ctx context.Context, in api.NewFault) (api.Fault, error) {
	return call[api.Fault](ctx, s, http.MethodPost, faultsPath, in)
}

// ClearFault deletes a rule.
func (s Session) ClearFault(ctx context.Context, id int64) error {
	_, err := call[api.FaultsCleared](ctx, s, http.MethodDelete, fmt.Sprintf("%s/%d", faultsPath, id), nil)
	return err
}

// ClearFaults deletes every rule and returns how many there were.
func (s Session) ClearFaults(ctx context.Context) (int64, error) {
	out, err := call[api.FaultsCleared](ctx, s, http.MethodDelete, faultsPath, nil)
	return out.Cleared, err
}
