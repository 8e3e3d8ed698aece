package extension

import (
	"slices"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/app"
	"github.com/selorax/sandbox/platform/internal/db"
)

// place returns the extensions that a store shows at the targets, all of them
// when none is named, by app and then in the order of the set.
func (s *Service) place(tx *db.Tx, storeID int64, targets []string) ([]api.PlacedExtension, error) {
	sets, err := setsOfStore(tx, storeID)
	if err != nil {
		return nil, err
	}
	placed := []api.PlacedExtension{}
	for _, set := range sets {
		shown := slices.DeleteFunc(set.Extensions, func(e api.Extension) bool {
			return len(targets) > 0 && !slices.Contains(targets, e.Target)
		})
		if len(shown) == 0 {
			continue
		}
		a, err := s.Apps.Get(tx, set.appID)
		if err != nil {
			return nil, err
		}
		for _, e := range shown {
			stored, err := storedSettings(tx, set.installationID, e.ExtensionID)
			if err != nil {
				return nil, err
			}
			settings, err := effective(e.SettingsSchema, stored)
			if err != nil {
				return nil, err
			}
			one := api.PlacedExtension{
				Extension: e, InstallationID: set.installationID, Version: set.Version, App: app.Card(a), Settings: settings,
			}
			if e.Mode == api.ExtensionSandbox {
				one.FrameURL = s.frameURL(one)
			}
			placed = append(placed, one)
		}
	}
	return placed, nil
}
