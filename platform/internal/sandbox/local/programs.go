package local

import (
	"fmt"
	"net"
	"os"
	"path/filepath"
	"strconv"

	"github.com/selorax/sandbox/platform/internal/sandbox/credentials"
	"github.com/selorax/sandbox/platform/internal/sandbox/demo"
	"github.com/selorax/sandbox/platform/internal/sandbox/supervise"
)

func (s sockets) programs(c Config, secrets credentials.File) []supervise.Program {
	all := []supervise.Program{s.platformProgram(c), s.dashboardProgram(c)}
	if s.app != nil {
		all = append(all, s.appProgram(c, secrets.Apps[demo.Restock]))
	}
	return all
}

func (s sockets) platformProgram(c Config) supervise.Program {
	p := c.program("platform", s.platform,
		"--public-url", s.platformURL(), "--dashboard-url", s.dashboardURL(),
		"--key-file", c.Data.Key(), "--credentials-file", c.Data.Credentials())
	if s.app != nil {
		p.Args = append(p.Args, "--demo-app-url", s.appURL())
	}
	p.Args = append(p.Args, c.PlatformArgs...)
	database := c.DatabaseURL
	if database == "" {
		database = "sqlite:" + c.Data.Database()
	}
	p.Env = []string{"PLATFORM_DATABASE_URL=" + database} // may hold a password
	return p
}

func (s sockets) dashboardProgram(c Config) supervise.Program {
	return c.program("dashboard", s.dashboard,
		"--public-url", s.dashboardURL(), "--platform-url", s.serverURL(), "--platform-public-url", s.platformURL())
}

// appProgram configures the sample app as any app is: through its environment.
func (s sockets) appProgram(c Config, own credentials.App) supervise.Program {
	p := c.program("sampleapp", s.app)
	p.Env = append(Environment(s.serverURL()+"/api", own),
		"PUBLIC_URL="+s.appURL(),
		"DASHBOARD_URL="+s.dashboardURL(),
		"DATABASE_PATH="+c.Data.AppDatabase())
	return p
}

// present reports the first program that is not where it should be.
func present(programs []supervise.Program) error {
	for _, p := range programs {
		if _, err := os.Stat(p.Path); err != nil {
			return fmt.Errorf("the program %s is missing (%s): build it with: make build", p.Name, p.Path)
		}
	}
	return nil
}

func (c Config) program(name string, l *net.TCPListener, args ...string) supervise.Program {
	return supervise.Program{
		Name:     name,
		Path:     filepath.Join(c.Bin, name),
		Args:     append([]string{"serve", "--listen-fd", strconv.Itoa(supervise.ListenFD), "--log-format", c.LogFormat}, args...),
		Listener: l,
	}
}

// Environment is what an app needs to know of the platform, as NAME=value:
// the variables that apps read in production.
func Environment(apiURL string, app credentials.App) []string {
	return []string{
		"SELORAX_API_URL=" + apiURL,
		"SELORAX_CLIENT_ID=" + app.ClientID,
		"SELORAX_CLIENT_SECRET=" + app.ClientSecret,
		"SESSION_SIGNING_KEY=" + app.SessionSigningKey,
		"WEBHOOK_SIGNING_SECRET=" + app.WebhookSecret,
	}
}
