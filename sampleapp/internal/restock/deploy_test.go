package restock

import (
	"bytes"
	"context"
	"encoding/json"
	"log/slog"
	"net/http"
	"strings"
	"testing"
	"time"
)

// deploys answers the deploys with these statuses in turn and returns what the
// log says.
func (h *harness) deploys(statuses ...int) string {
	h.platform.mu.Lock()
	h.platform.deploy = func() (int, any) {
		status := statuses[0]
		if len(statuses) > 1 {
			statuses = statuses[1:]
		}
		if status == http.StatusOK {
			return status, map[string]any{"data": map[string]int{"version": 3, "deployed": 2, "installations_updated": 1}}
		}
		return status, map[string]any{"message": "Refused.", "code": "refused", "errors": []string{"low-stock.target is unknown."}}
	}
	h.platform.mu.Unlock()
	var log bytes.Buffer
	h.app.Log = slog.New(slog.NewTextHandler(&log, nil))
	h.app.Deploy(h.Context())
	return log.String()
}

func TestDeploy(t *testing.T) {
	t.Parallel()
	h := start(t)
	if log := h.deploys(http.StatusOK); !strings.Contains(log, "extensions.deployed version=3 extensions=2") || strings.Count(log, "\n") != 1 {
		t.Errorf("the log says\n%s", log)
	}
	var body struct {
		Extensions []struct {
			ExtensionID string `json:"extension_id"`
			Target      string `json:"target"`
			UI          struct{ Type string }
			SandboxURL  string `json:"sandbox_url"`
		}
	}
	if err := json.Unmarshal([]byte(h.platform.deploys[0]), &body); err != nil || len(body.Extensions) != 5 {
		t.Fatalf("deployed %s, %v", h.platform.deploys[0], err)
	}
	for n, want := range []string{
		"low-stock dashboard.widget Card", "mark-selected product.list.selection-action ", "order-stock order.detail.block Card",
		"product-stock product.detail.block Card", "stock-chart product.detail.block ",
	} {
		e := body.Extensions[n]
		if got := e.ExtensionID + " " + e.Target + " " + e.UI.Type; got != want {
			t.Errorf("deployed %s, want %s", got, want)
		}
	}
	script, err := http.Get(body.Extensions[4].SandboxURL)
	if err != nil {
		t.Fatal(err)
	}
	defer script.Body.Close()
	if script.StatusCode != http.StatusOK || script.Header.Get("Content-Type") != "text/javascript; charset=utf-8" {
		t.Errorf("the script at %s: %d %s", body.Extensions[4].SandboxURL, script.StatusCode, script.Header.Get("Content-Type"))
	}
}

// Until the platform answers the app tries again, and says so once.
func TestDeployWaitsForThePlatform(t *testing.T) {
	t.Parallel()
	h := start(t)
	log := h.deploys(502, 502, 502, 502, 404, 401, 503, http.StatusOK)
	if strings.Count(log, "extensions.waiting") != 1 || !strings.Contains(log, "extensions.deployed") || strings.Count(log, "\n") != 2 {
		t.Errorf("the log says\n%s", log)
	}
}

func TestRefusedExtensionsAreSaid(t *testing.T) {
	t.Parallel()
	h := start(t)
	log := h.deploys(http.StatusBadRequest)
	if !strings.Contains(log, "extensions.refused") || !strings.Contains(log, "low-stock.target is unknown.") || len(h.platform.deploys) != 1 {
		t.Errorf("after %d deploys the log says\n%s", len(h.platform.deploys), log)
	}
}

func TestDeployEndsWithTheApp(t *testing.T) {
	t.Parallel()
	h := start(t)
	ctx, stop := context.WithCancel(t.Context())
	h.platform.deploy = func() (int, any) { stop(); return http.StatusNotFound, map[string]any{} }
	h.app.Platform.Sleep = func(ctx context.Context, _ time.Duration) error { return ctx.Err() }
	h.app.Deploy(ctx)
	if len(h.platform.deploys) != 1 {
		t.Errorf("%d deploys", len(h.platform.deploys))
	}
}
