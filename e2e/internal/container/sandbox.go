package container

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/testcontainers/testcontainers-go"
	"github.com/testcontainers/testcontainers-go/exec"
	"github.com/testcontainers/testcontainers-go/network"

	"github.com/selorax/sandbox/platform/api"

	"github.com/selorax/sandbox/e2e/internal/client"
	"github.com/selorax/sandbox/e2e/internal/programs"
)

// The names that are good in browsers and on the network, and where the
// platform's image keeps the credentials it made.
const (
	platformHost    = "api.selorax.localhost"
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
		PlatformURL:  fmt.Sprintf("http://%s:%d", platformHost, platform),
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
		image: platformImage, aliases: []string{"platform", platformHost}, port: ports[0],
		env: map[string]string{
			"PLATFORM_ADDR": anywhere(ports[0]), "PLATFORM_PUBLIC_URL": s.PlatformURL, "PLATFORM_DASHBOARD_URL": s.DashboardURL,
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
	_, err = g.run(ctx, server{
		image: dashboardImage, aliases: []string{"dashboard"}, port: ports[1],
		env: map[string]string{
			"DASHBOARD_ADDR": anywhere(ports[1]), "DASHBOARD_PUBLIC_URL": s.DashboardURL, "DASHBOARD_PLATFORM_PUBLIC_URL": s.PlatformURL,
			"DASHBOARD_PLATFORM_URL": fmt.Sprintf("http://platform:%d", ports[0]),
		},
	})
	if err != nil {
		return err
	}
	return g.runApp(ctx, s, platform, ports[2])
}

// runApp starts the app with the environment that the platform prints for it.
func (g *group) runApp(ctx context.Context, s *programs.Sandbox, platform *testcontainers.DockerContainer, port int) error {
	code, out, err := platform.Exec(ctx,
		[]string{"/platform", "env", "--app", restock, "--api-url", s.PlatformURL + "/api"}, exec.Multiplexed())
	if err != nil {
		return err
	}
	text, err := io.ReadAll(out)
	if err != nil || code != 0 {
		return fmt.Errorf("platform env ended with exit code %d: %s (%w)", code, text, err)
	}
	env := map[string]string{"ADDR": anywhere(port), "PUBLIC_URL": s.AppURL, "DASHBOARD_URL": s.DashboardURL}
	for line := range strings.Lines(string(text)) {
		name, value, _ := strings.Cut(strings.TrimSpace(line), "=")
		env[name] = value
	}
	_, err = g.run(ctx, server{image: appImage, aliases: []string{appHost}, port: port, env: env})
	return err
}

// anywhere is the address of a server that its neighbours reach.
func anywhere(port int) string { return fmt.Sprintf("0.0.0.0:%d", port) }

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
