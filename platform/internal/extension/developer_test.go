package extension_test

import (
	"fmt"
	"net/http"
	"testing"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/platformtest"
)

// A developer sees the versions of own apps and goes back to one.
func TestOwnVersions(t *testing.T) {
	t.Parallel()
	p := platformtest.Start(t, platformtest.Config{})
	appID := p.Install("restock", florist).AppID
	for _, id := range []string{"first", "second"} {
		p.Do(http.MethodPost, base+"/deploy", client(p, "restock"), set(widget(id)))
	}
	developer := platformtest.User(p.Login(platformtest.Developer))
	path := fmt.Sprintf("/api/apps/%d/extensions/versions", appID)
	rollback := fmt.Sprintf("/api/apps/%d/extensions/rollback", appID)
	active := func() (version int) {
		for _, v := range platformtest.Data[[]api.ExtensionVersion](p.Do(http.MethodGet, path, developer, nil)) {
			if v.Active {
				version = v.Version
			}
		}
		return version
	}
	if got := active(); got != 2 {
		t.Errorf("version %d is active", got)
	}
	if d := platformtest.Data[api.Deployed](p.Do(http.MethodPost, rollback, developer, fields{"version": 1})); d.Version != 1 || d.InstallationsUpdated != 1 {
		t.Errorf("got %+v", d)
	}
	if got := active(); got != 1 {
		t.Errorf("after the rollback version %d is active", got)
	}
	if a := p.Do(http.MethodPost, rollback, developer, fields{"version": 9}); a.Status != http.StatusBadRequest {
		t.Errorf("a version that is none: %d %s", a.Status, a.Body)
	}
	merchant := platformtest.User(p.Login(platformtest.FloristMerchant))
	if a := p.Do(http.MethodGet, path, merchant, nil); a.Status != http.StatusForbidden {
		t.Errorf("a merchant: %d %s", a.Status, a.Body)
	}
	if a := p.Do(http.MethodPost, rollback, merchant, fields{"version": 2}); a.Status != http.StatusForbidden {
		t.Errorf("a merchant goes back: %d %s", a.Status, a.Body)
	}
	if a := p.Do(http.MethodGet, "/api/apps/999/extensions/versions", developer, nil); a.Status != http.StatusNotFound {
		t.Errorf("an app that is none: %d %s", a.Status, a.Body)
	}
	if got := active(); got != 1 {
		t.Errorf("a refusal changed the active version to %d", got)
	}
}
