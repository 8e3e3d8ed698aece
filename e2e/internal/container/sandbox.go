package container

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/testcontainers/testcontainers-go/network"

	"github.com/selorax/sandbox/platform/api"

	"github.com/selorax/sandbox/e2e/internal/client"
	"github.com/selorax/sandbox/e2e/internal/programs"
)

// The app's name in browsers and on the network, and where the platform's
// image keeps the credentials it made.
const (
	appHost         = "restock.localhost"
	restock         = "restock"
	credentialsFile = "/data/credentials.json"
)

// credentials is the file of the demo apps' plain credentials.
type credentials struct {
	Apps       map[string]api.SandboxApp `json:"apps"` // by slug, without slug and number
	ControlKey string                    `json:"control_key"`
}

// Start runs the three servers on fresh data and returns once they are
// healthy. The login, of the demo data, becomes the sandbox's only one; its
// stores are the sandbox's stores.
func Start(ctx context.Context, login api.SandboxLogin) (*programs.Sandbox, error) {
	ports, err := freePorts(3)
	if err != nil {
		return nil, err
	}
	s := &programs.Sandbox{SandboxReady: urls(ports[0], ports[1], ports[2])}
	s.Logins = []api.SandboxLogin{login}
	g := &group{}
	s.Runner = g
	if err := g.start(ctx, s, ports); err != nil {
		return nil, fmt.Errorf("%w\n%s", errors.Join(err, g.Stop()), g.Log())
	}
	if err := describe(ctx, s); err != nil {
		return nil, errors.Join(err, g.Stop())
	}
	return s, nil
}

// urls are the addresses on this machine.
func urls(platform, dashboard, app int) api.SandboxReady {
	return api.SandboxReady{
		PlatformURL:  fmt.Sprintf("http://api.selorax.localhost:%d", platform),
		APIURL:       fmt.Sprintf("http://localhost:%d/api", platform),
		DashboardURL: fmt.Sprintf("http://admin.selorax.localhost:%d", dashboard),
		AppURL:       fmt.Sprintf("http://%s:%d", appHost, app),
		ControlURL:   fmt.Sprintf("http://localhost:%d/_sandbox", platform),
	}
}

// start starts one container after the other: the app needs the credentials
// that the platform makes.
func (g *group) start(ctx context.Context, s *programs.Sandbox, ports []int) (err error) {
	if g.network, err = network.New(ctx); err != nil {
		return err
	}
	platform, err := g.run(ctx, server{
		image: platformImage, alias: "platform", port: 5001, hostPort: ports[0],
		env: map[string]string{
			"PLATFORM_PUBLIC_URL": s.PlatformURL, "PLATFORM_DASHBOARD_URL": s.DashboardURL,
			"PLATFORM_DEMO_APP_URL": s.AppURL, "PLATFORM_ALLOW_WEBHOOK_HOSTS": appHost,
		},
	})
	if err != nil {
		return err
	}
	file, err := platform.CopyFileFromContainer(ctx, credentialsFile)
	if err != nil {
		return err
	}
	defer file.Close()
	var secrets credentials
	if err := json.NewDecoder(file).Decode(&secrets); err != nil {
		return fmt.Errorf("read %s: %w", credentialsFile, err)
	}
	s.ControlKey = secrets.ControlKey
	for slug, a := range secrets.Apps {
		a.Slug = slug
		s.Apps = append(s.Apps, a)
	}
	if err := g.runDashboard(ctx, s, ports[1]); err != nil {
		return err
	}
	return g.runApp(ctx, s, ports[2])
}

func (g *group) runDashboard(ctx context.Context, s *programs.Sandbox, hostPort int) error {
	_, err := g.run(ctx, server{
		image: dashboardImage, alias: "dashboard", port: 5080, hostPort: hostPort,
		env: map[string]string{
			"DASHBOARD_PUBLIC_URL": s.DashboardURL, "DASHBOARD_PLATFORM_PUBLIC_URL": s.PlatformURL,
			"DASHBOARD_PLATFORM_URL": "http://platform:5001",
		},
	})
	return err
}

func (g *group) runApp(ctx context.Context, s *programs.Sandbox, hostPort int) error {
	own := s.App(restock)
	_, err := g.run(ctx, server{
		image: appImage, alias: appHost, port: hostPort, hostPort: hostPort,
		env: map[string]string{
			"ADDR": fmt.Sprintf("0.0.0.0:%d", hostPort), "PUBLIC_URL": s.AppURL,
			"DASHBOARD_URL": s.DashboardURL, "SELORAX_API_URL": "http://platform:5001/api",
			"SELORAX_CLIENT_ID": own.ClientID, "SELORAX_CLIENT_SECRET": own.ClientSecret,
			"SESSION_SIGNING_KEY": own.SessionSigningKey, "WEBHOOK_SIGNING_SECRET": own.WebhookSecret,
		},
	})
	return err
}

// describe completes what `sx up` knows of the demo data: the stores and the
// numbers of the apps.
func describe(ctx context.Context, s *programs.Sandbox) error {
	c := client.New(s.APIURL)
	as, err := c.SignIn(ctx, s.Logins[0])
	if err != nil {
		return err
	}
	me, err := client.Get[api.Envelope[api.Account]](ctx, c, as, "/auth/me")
	if err != nil {
		return err
	}
	for _, st := range me.Data.Stores {
		s.Stores = append(s.Stores, api.SandboxStore{StoreID: st.StoreID, Name: st.Name})
	}
	for n, a := range s.Apps {
		listed, err := client.Get[api.Envelope[api.MarketplaceApp]](ctx, c, as,
			fmt.Sprintf("/apps/marketplace/%s?store_id=%d", a.Slug, s.Stores[0].StoreID))
		if err != nil {
			return err
		}
		s.Apps[n].AppID = listed.Data.AppID
	}
	return nil
}
