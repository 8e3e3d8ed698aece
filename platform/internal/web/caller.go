package web

import (
	"context"
	"net/http"
	"slices"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/problem"
)

// Caller is who makes a request: a dashboard user or an app's installation.
type Caller struct {
	// Name is shown in timelines: the user's or the app's name.
	Name string

	// UserID, Roles, Stores and SessionID are set for dashboard users.
	UserID    int64
	Roles     []string
	Stores    []int64
	SessionID int64

	// StoreID is the store of the request; it may be zero for dashboard users.
	StoreID int64

	// AppID, InstallationID and Scopes are set for apps. Scopes are those in
	// force for this request.
	AppID          int64
	InstallationID int64
	Scopes         api.ScopeSet
}

// IsApp reports whether an app calls.
func (c Caller) IsApp() bool { return c.AppID != 0 }

// IsDeveloper reports whether a dashboard user calls who has the developer's
// pages.
func (c Caller) IsDeveloper() bool { return slices.Contains(c.Roles, api.RoleDeveloper) }

// ForDeveloper lets only users with the developer role through. What is theirs
// begins the refusal: "The inspector is".
func ForDeveloper(what string, h Handler) Handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		if !CallerOf(r).IsDeveloper() {
			return problem.Forbidden("%s for users with the role %s.", what, api.RoleDeveloper)
		}
		return h(w, r)
	}
}

// CheckStore answers not_found unless the caller may open the store.
func (c Caller) CheckStore(storeID int64) error {
	if c.IsApp() && c.StoreID == storeID || slices.Contains(c.Stores, storeID) {
		return nil
	}
	return problem.New(http.StatusNotFound, api.CodeNotFound, "No store %d that you may open.", storeID)
}

type callerKey struct{}

// WithCaller returns a context that carries the caller.
func WithCaller(ctx context.Context, c Caller) context.Context {
	return context.WithValue(ctx, callerKey{}, c)
}

// CallerOf returns the caller of an authenticated request.
func CallerOf(r *http.Request) Caller {
	c, _ := r.Context().Value(callerKey{}).(Caller)
	return c
}
