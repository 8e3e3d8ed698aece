package restock

import (
	"context"
	"embed"
	"encoding/json"
	"errors"
	"io/fs"
	"net/http"
	"time"

	"github.com/selorax/sandbox/sampleapp/selorax"
)

//go:embed extensions
var extensions embed.FS

// How long to wait between two deploys while the platform does not answer.
const (
	firstDeployWait = 2 * time.Second
	maxDeployWait   = time.Minute
)

// Deploy puts the app's extensions into the dashboard, as often as it takes
// for the platform to answer. What it does is said in the log, once.
func (a *App) Deploy(ctx context.Context) {
	set, err := a.loadExtensions()
	if err != nil {
		a.Log.ErrorContext(ctx, "extensions.unreadable", "error", err)
		return
	}
	for wait := firstDeployWait; ; wait = min(2*wait, maxDeployWait) {
		deployed, err := a.Platform.Deploy(ctx, set, "Deployed by Restock as it started.")
		var refused *selorax.Error
		switch {
		case err == nil:
			a.Log.InfoContext(ctx, "extensions.deployed", "version", deployed.Version, "extensions", deployed.Deployed,
				"installations", deployed.InstallationsUpdated)
			return
		case errors.As(err, &refused) && refused.Status == http.StatusBadRequest:
			a.Log.ErrorContext(ctx, "extensions.refused", "error", err, "errors", refused.Errors)
			return
		case ctx.Err() != nil:
			return
		case wait == firstDeployWait:
			a.Log.WarnContext(ctx, "extensions.waiting", "error", err)
		}
		if a.Platform.Wait(ctx, wait) != nil {
			return
		}
	}
}

// loadExtensions reads the set, one file an extension. The script of one in
// mode sandbox is a file of web/, and the platform wants to know where browsers
// find it.
func (a *App) loadExtensions() ([]json.RawMessage, error) {
	files, err := fs.Glob(extensions, "extensions/*.json")
	if err != nil {
		return nil, err
	}
	set := make([]json.RawMessage, len(files))
	for n, file := range files {
		text, err := extensions.ReadFile(file)
		if err != nil {
			return nil, err
		}
		var e map[string]json.RawMessage
		if err := json.Unmarshal(text, &e); err != nil {
			return nil, err
		}
		var script string
		if e["sandbox_url"] != nil {
			if err := json.Unmarshal(e["sandbox_url"], &script); err != nil {
				return nil, err
			}
			e["sandbox_url"], _ = json.Marshal(a.PublicURL + a.assets.url(script)) // a text always has a JSON form
		}
		if set[n], err = json.Marshal(e); err != nil {
			return nil, err
		}
	}
	return set, nil
}
