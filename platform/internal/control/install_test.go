package control_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/platformtest"
)

func TestInstallByTheControlKey(t *testing.T) {
	t.Parallel()
	p := platformtest.Start(t, platformtest.Config{})
	installed := platformtest.Control[api.InstalledApp](p, http.MethodPost, "/_sandbox/apps/my-app/install", api.SandboxInstall{StoreID: 23})
	if installed.StoreID != 23 || installed.Status != api.InstallationActive || installed.App.Slug != "my-app" {
		t.Errorf("got %+v", installed)
	}
	p.Do(http.MethodGet, "/api/apps/v1/store", p.Client("my-app", 23), nil).Into(http.StatusOK, &struct{}{})
	platformtest.Control[api.Uninstalled](p, http.MethodPost, "/_sandbox/apps/my-app/uninstall", api.SandboxInstall{StoreID: 23})
	p.Do(http.MethodGet, "/api/apps/v1/store", p.Client("my-app", 23), nil).Into(http.StatusUnauthorized, &struct{}{})
	if e := refused(t, p, 409, http.MethodPost, "/_sandbox/apps/my-app/uninstall", api.SandboxInstall{StoreID: 23}); !strings.Contains(e.Message, "not installed on store 23") {
		t.Error(e.Message)
	}
	refused(t, p, 404, http.MethodPost, "/_sandbox/apps/nope/install", api.SandboxInstall{})
	for _, action := range []string{"install", "uninstall"} {
		if e := refused(t, p, 404, http.MethodPost, "/_sandbox/apps/my-app/"+action, api.SandboxInstall{StoreID: 99}); !strings.Contains(e.Message, "no store 99") {
			t.Errorf("%s: %s", action, e.Message)
		}
	}
}

// An approved app of any developer can be installed, a second time too; a draft
// only by its own.
func TestInstallOfAnyApprovedApp(t *testing.T) {
	t.Parallel()
	p := platformtest.Start(t, platformtest.Config{})
	platformtest.Control[api.SandboxRegistered](p, http.MethodPost, "/_sandbox/apps", orderNotes(nil))
	install := func(slug string, storeID int64) platformtest.Answer {
		return p.Do(http.MethodPost, "/_sandbox/apps/"+slug+"/install", p.Controls(), api.SandboxInstall{StoreID: storeID})
	}
	if a := install("order-notes", 24); a.Status != http.StatusCreated {
		t.Errorf("%d: %s", a.Status, a.Body)
	}
	if a := install("order-notes", 24); a.Status != http.StatusOK {
		t.Errorf("again: %d: %s", a.Status, a.Body)
	}
	if a := install("restock", 0); a.Status != http.StatusCreated || platformtest.Data[api.InstalledApp](a).StoreID != 22 {
		t.Errorf("without a store: %d: %s", a.Status, a.Body)
	}
}
