package server_test

import (
	"fmt"
	"log/slog"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"golang.org/x/crypto/bcrypt"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/db/dbtest"
	"github.com/selorax/sandbox/platform/internal/server"
	"github.com/selorax/sandbox/platform/platformtest"
)

func config(t *testing.T, dir string) server.Config {
	return server.Config{
		DatabaseURL: dbtest.URL(t, dir), KeyFile: filepath.Join(dir, "platform.key"),
		CredentialsFile: filepath.Join(dir, "credentials.json"), PublicURL: "http://api.selorax.localhost:5001",
		DashboardURL: "http://admin.selorax.localhost:5080", DemoAppURL: "http://restock.localhost:5010",
		SeedDemo: true, PasswordCost: bcrypt.MinCost, Log: slog.New(slog.DiscardHandler),
	}
}

func TestSecondStartKeepsData(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	first := platformtest.Start(t, platformtest.Config{Dir: dir, DemoAppURL: "http://restock.localhost:1"})
	tokens := first.Install("restock", 22)
	session := first.Login(platformtest.FloristMerchant)
	first.Advance(3 * time.Hour)
	first.Stop()

	second := platformtest.Start(t, platformtest.Config{Dir: dir, DemoAppURL: "http://restock.localhost:2"})
	if a := second.Do(http.MethodGet, "/api/apps/v1/store", platformtest.Bearer(tokens.AccessToken), nil); a.Status != http.StatusOK {
		t.Errorf("the access token: %d %s", a.Status, a.Body)
	}
	app := platformtest.Data[api.MarketplaceApp](second.Do(http.MethodGet, "/api/apps/marketplace/restock?store_id=22", platformtest.User(session), nil))
	if app.RedirectURLs[0] != "http://restock.localhost:2/oauth/callback" {
		t.Errorf("the sample app has moved, but its redirect URL is %s", app.RedirectURLs[0])
	}
	second.Advance(22 * time.Hour) // 25 hours after the token was issued
	if a := second.Do(http.MethodGet, "/api/apps/v1/store", platformtest.Bearer(tokens.AccessToken), nil); a.Code() != api.CodeInvalidToken {
		t.Errorf("the clock forgot its first three hours: %d %s", a.Status, a.Body)
	}
}

func TestRefusalsAtStart(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		change func(*server.Config)
		says   string
	}{
		"public URL with a path":  {func(c *server.Config) { c.PublicURL += "/api" }, "public URL must be an origin"},
		"dashboard URL is a host": {func(c *server.Config) { c.DashboardURL = "localhost" }, "dashboard URL must be an origin"},
		"unknown engine":          {func(c *server.Config) { c.DatabaseURL = "mysql://x" }, "not supported"},
		"short key": {func(c *server.Config) {
			_ = os.WriteFile(c.KeyFile, []byte("short"), 0o600)
		}, "must hold exactly 32 bytes"},
	} {
		cfg := config(t, t.TempDir())
		c.change(&cfg)
		p, err := server.New(t.Context(), cfg)
		if err == nil {
			_ = p.Close()
		}
		if err == nil || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s: got %v, want %q", name, err, c.says)
		}
	}
}

func TestKeyFileOfAnotherDatabaseIsRefused(t *testing.T) {
	t.Parallel()
	cfg := config(t, t.TempDir())
	p, err := server.New(t.Context(), cfg)
	if err != nil {
		t.Fatal(err)
	}
	if err := p.Close(); err != nil {
		t.Fatal(err)
	}
	if err := os.Remove(cfg.KeyFile); err != nil {
		t.Fatal(err)
	}
	if p, err := server.New(t.Context(), cfg); err == nil || !strings.Contains(err.Error(), "key file") {
		_ = p.Close()
		t.Errorf("got %v", err)
	}
}

func TestHealthAndUnknownPaths(t *testing.T) {
	t.Parallel()
	p := platformtest.Start(t, platformtest.Config{})
	for path, want := range map[string]int{"/healthz": 200, "/readyz": 200, "/": 200, "/nothing": 404, "/api/nothing": 404} {
		a := p.Do(http.MethodGet, path, nil, nil)
		if a.Status != want || !strings.HasPrefix(a.Header.Get(api.HeaderRequestID), "req_") {
			t.Errorf("%s: %d %s", path, a.Status, a.Header.Get(api.HeaderRequestID))
		}
	}
}

func TestControlAPINeedsItsKey(t *testing.T) {
	t.Parallel()
	p := platformtest.Start(t, platformtest.Config{})
	tokens := p.Install("restock", 22)
	for name, c := range map[string]struct {
		h    platformtest.Header
		want int
	}{
		"key":             {platformtest.Header{api.HeaderControlKey: p.ControlKey}, 200},
		"wrong key":       {platformtest.Header{api.HeaderControlKey: "x"}, 401},
		"nothing":         {nil, 401},
		"an app's token":  {platformtest.Bearer(tokens.AccessToken), 401},
		"a merchant":      {platformtest.User(p.Login(platformtest.Developer)), 401},
		"from a web page": {platformtest.Header{api.HeaderControlKey: p.ControlKey, "Origin": p.DashboardURL}, 403},
	} {
		if a := p.Do(http.MethodGet, "/_sandbox/status", c.h, nil); a.Status != c.want {
			t.Errorf("%s: %d %s, want %d", name, a.Status, a.Body, c.want)
		}
	}
}

func BenchmarkGetOrders(b *testing.B) {
	p := platformtest.Start(b, platformtest.Config{})
	tokens := p.Install("restock", 22)
	for b.Loop() {
		if a := p.Do(http.MethodGet, "/api/apps/v1/orders?limit=50", platformtest.Bearer(tokens.AccessToken), nil); a.Status != http.StatusOK {
			b.Fatal(a.Status)
		}
	}
}

// The dashboard shows pictures on another origin than the platform's: a path
// alone would not find them.
func TestPicturesAreAbsoluteEverywhere(t *testing.T) {
	t.Parallel()
	p := platformtest.Start(t, platformtest.Config{})
	h := platformtest.User(p.Login(platformtest.FloristMerchant))
	var orders api.List[api.Order]
	p.Do(http.MethodGet, "/api/stores/22/orders?limit=1", h, nil).Into(http.StatusOK, &orders)
	path := fmt.Sprintf("/api/stores/22/orders/%d", orders.Data[0].OrderID)
	image := platformtest.Data[api.OrderDetail](p.Do(http.MethodGet, path, h, nil)).Items[0].Image
	if a := p.Do(http.MethodGet, image, nil, nil); !strings.HasPrefix(image, p.URL+"/media/products/") || a.Status != http.StatusOK {
		t.Errorf("the picture of an order's item is %q and answers %d", image, a.Status)
	}
}
