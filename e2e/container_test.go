package e2e_test

import (
	"context"
	"fmt"
	"os"
	"testing"

	"github.com/selorax/sandbox/platform/api"

	"github.com/selorax/sandbox/e2e/internal/container"
	"github.com/selorax/sandbox/e2e/internal/programs"
)

// The same life of an app with the three servers in containers: the browser on
// this machine reaches them by mapped ports, they reach each other by a
// network of their own, and the webhooks go to an address that only
// --allow-webhook-hosts opens.
func TestInstallToReinstallInContainers(t *testing.T) {
	t.Parallel()
	needBrowser(t)
	if err := container.Available(t.Context()); err != nil {
		if os.Getenv("REQUIRE_DOCKER") != "" {
			t.Fatal(err)
		}
		t.Skip(err)
	}
	s := story{suite.Begin(t, func(ctx context.Context) (*programs.Sandbox, error) {
		return container.Start(ctx, api.SandboxLogin{Email: floristMerchant, Password: "selorax-demo"})
	})}
	installToReinstall(t, s)
	s.Step("the app itself can send a merchant to the consent screen", func() {
		p := s.signIn(floristMerchant, florist)
		p.Goto(fmt.Sprintf("%s/install?store_id=%d", s.Sandbox.AppURL, florist))
		p.At("/oauth/consent")
	})
}
