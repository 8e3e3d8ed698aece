package extension

import (
	"context"
	"encoding/json"
	"fmt"
	"unicode/utf8"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/db"
	"github.com/selorax/sandbox/platform/internal/problem"
)

// maxMessage is the length of a version's message, in characters.
const maxMessage = 500

// Refused is a set that cannot be deployed, with a sentence for each mistake.
type Refused struct{ Errors []string }

// Error returns the summary.
func (r *Refused) Error() string {
	if len(r.Errors) == 1 {
		return "The set was not deployed: it has a mistake."
	}
	return fmt.Sprintf("The set was not deployed: it has %d mistakes.", len(r.Errors))
}

// Deploy checks a set of an app and makes it the active version. A set with
// mistakes is a *Refused and changes nothing.
func (s *Service) Deploy(ctx context.Context, a api.App, in api.DeployRequest) (d api.Deployed, err error) {
	if in.Extensions == nil {
		return d, &Refused{[]string{"extensions is required; an empty list removes all."}}
	}
	if utf8.RuneCountInString(in.Message) > maxMessage {
		return d, problem.Invalid("message", "must have at most %d characters", maxMessage)
	}
	mistakes, warnings := check(a.AppURL, in.Extensions)
	if mistakes != nil {
		return d, &Refused{mistakes}
	}
	set := append([]api.Extension{}, in.Extensions...)
	for n := range set {
		if set[n].Mode == "" {
			set[n].Mode = api.ExtensionJSON
		}
	}
	text, err := json.Marshal(set)
	if err != nil {
		return d, err
	}
	err = s.DB.Write(ctx, func(tx *db.Tx) error {
		if err := tx.Exclusive(fmt.Sprintf("extensions %d", a.AppID)); err != nil {
			return err
		}
		version, err := s.version(tx, a.AppID, in.Message, string(text))
		if err != nil {
			return err
		}
		d, err = activate(tx, a.AppID, version, len(set))
		return err
	})
	d.Warnings = warnings
	return d, err
}

// version returns the number of the active version if it is the same set with
// the same message, as when an app deploys at each start, or else of a new one.
func (s *Service) version(tx *db.Tx, appID int64, message, set string) (int, error) {
	version, err := activeEqual(tx, appID, message, set)
	if db.IsNone(err) {
		return insertVersion(tx, appID, message, set)
	}
	return version, err
}

// Rollback makes an earlier version of an app the active one.
func (s *Service) Rollback(ctx context.Context, appID int64, version int) (d api.Deployed, err error) {
	err = s.DB.Write(ctx, func(tx *db.Tx) error {
		if err := tx.Exclusive(fmt.Sprintf("extensions %d", appID)); err != nil {
			return err
		}
		v, err := versionOf(tx, appID, version)
		if db.IsNone(err) {
			return problem.Invalid("version", "must be one of the deployed versions, and %d is none", version)
		}
		if err != nil {
			return err
		}
		d, err = activate(tx, appID, version, len(v.Extensions))
		return err
	})
	return d, err
}

func activate(tx *db.Tx, appID int64, version, extensions int) (d api.Deployed, err error) {
	if err := setActive(tx, appID, version); err != nil {
		return d, err
	}
	d = api.Deployed{Version: version, Deployed: extensions}
	d.InstallationsUpdated, err = countInstallations(tx, appID)
	return d, err
}
