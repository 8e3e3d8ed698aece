package restock

import (
	"log/slog"
	"net/http/httptest"
	"path/filepath"
	"testing"
	"time"

	"github.com/selorax/sandbox/sampleapp/sandboxtest"
	"github.com/selorax/sandbox/sampleapp/selorax"
)

const storeID = 22

// inSandbox is the app, registered and installed on a store of a sandbox.
type inSandbox struct {
	*sandboxtest.Sandbox
	t          *testing.T
	app        *App
	registered sandboxtest.App
}

func startInSandbox(t *testing.T) *inSandbox {
	t.Helper()
	s := sandboxtest.Start(t)
	server := httptest.NewUnstartedServer(nil)
	address := "http://" + server.Listener.Addr().String()
	registered := s.Register("../../selorax.app.json", address)
	db, err := OpenDatabase(t.Context(), filepath.Join(t.TempDir(), "app.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	vault, err := NewVault(registered.ClientSecret)
	if err != nil {
		t.Fatal(err)
	}
	app := &App{
		PublicURL: address, DashboardURL: s.DashboardURL,
		Platform: &selorax.Client{
			BaseURL: s.APIURL, ClientID: registered.ClientID, ClientSecret: registered.ClientSecret, HTTP: selorax.NewHTTPClient(10 * time.Second),
		},
		Sessions: selorax.SessionVerifier{ClientID: registered.ClientID, SigningKey: registered.SessionSigningKey, Now: time.Now},
		Webhooks: selorax.WebhookVerifier{Secret: registered.WebhookSecret, Now: time.Now},
		DB:       db, Vault: vault, Log: slog.New(slog.DiscardHandler), Now: time.Now,
	}
	if server.Config.Handler, err = app.Handler(); err != nil {
		t.Fatal(err)
	}
	server.Start()
	t.Cleanup(server.Close)
	s.Install(address+"/install?store_id=22", storeID)
	return &inSandbox{s, t, app, registered}
}

// count counts rows of the app's own database.
func (s *inSandbox) count(query string) (n int) {
	s.t.Helper()
	if err := s.app.DB.QueryRowContext(s.t.Context(), query).Scan(&n); err != nil {
		s.t.Fatal(err)
	}
	return n
}

// orders reads the store's orders with the token that the app keeps.
func (s *inSandbox) orders() error {
	return s.app.withToken(s.t.Context(), storeID, func(token string) error {
		_, err := s.app.Platform.Orders(s.t.Context(), token, selorax.OrderQuery{Limit: 1})
		return err
	})
}

// A webhook that comes twice counts once.
func TestSandboxDuplicateWebhook(t *testing.T) {
	s := startInSandbox(t)
	s.Fault("webhook", "duplicate", "--topic", "order.created")
	s.Trigger("order.created")
	var deliveries []struct{ Status string }
	s.Until("the delivery", func() bool {
		s.Run(&deliveries, "deliveries", "list", "--app", s.registered.Slug)
		return len(deliveries) > 0 && deliveries[0].Status == "delivered"
	})
	if n := s.count(`SELECT COUNT(*) FROM event WHERE topic = 'order.created'`); n != 1 {
		t.Errorf("the order counts %d times", n)
	}
}

// Access outlives the access token, and calls that fail for a moment.
func TestSandboxAccessIsKept(t *testing.T) {
	s := startInSandbox(t)
	s.Advance("25h") // an access token is valid for a day
	s.Fault("api", "503", "--first", "2")
	if err := s.orders(); err != nil {
		t.Error(err)
	}
}

// An uninstall leaves nothing of the store, and no access.
func TestSandboxUninstall(t *testing.T) {
	s := startInSandbox(t)
	s.Trigger("order.created")
	s.Until("the webhook", func() bool { return s.count(`SELECT COUNT(*) FROM event`) > 0 })
	s.Uninstall(s.registered)
	s.Until("the farewell", func() bool { return s.count(`SELECT COUNT(*) FROM store WHERE uninstalled_ms IS NOT NULL`) == 1 })
	if n := s.count(`SELECT COUNT(*) FROM event`); n != 0 {
		t.Errorf("%d events are left", n)
	}
	if err := s.orders(); err == nil {
		t.Error("the store's orders can still be read")
	}
}

// buy buys a product of the app's, as a merchant would.
func (s *inSandbox) buy(of product) {
	s.t.Helper()
	_, err := s.app.reconcile(s.t.Context(), storeID, 0)
	if err != nil {
		s.t.Fatal(err)
	}
	p, err := s.app.attempt(s.t.Context(), storeID, of)
	if err == nil {
		p, err = s.app.charge(s.t.Context(), storeID, p)
	}
	if err != nil {
		s.t.Fatal(err)
	}
	s.Pay(storeID, p.chargeID)
	s.Until("the payment", func() bool {
		p, err := s.app.purchaseOf(s.t.Context(), storeID, of)
		return err == nil && p.status == paid
	})
}

// Somebody waits for a variant, and is told once it is there and paid for. A
// number that cannot be reached costs nothing.
func TestSandboxBackInStock(t *testing.T) {
	s := startInSandbox(t)
	var product selorax.InventoryDetail
	err := s.app.withToken(t.Context(), storeID, func(token string) error {
		for item, err := range s.app.Platform.AllInventory(t.Context(), token) {
			if err != nil || product.ProductID != 0 {
				return err
			}
			if item.IsActive == 0 {
				continue
			}
			if product, err = s.app.Platform.Inventory(t.Context(), token, item.ProductID); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	sku := product.Variants[0].SKUID
	s.Count(storeID, product.ProductID, sku, 0)
	for _, who := range []string{"01712345678", "01712340000"} { // numbers that end in 0000 are unknown to the sandbox's carrier
		if _, err := s.app.wait(t.Context(), storeID, newWait{product.ProductID, sku, who}); err != nil {
			t.Fatal(err)
		}
	}
	s.buy(alertsProduct)
	s.buy(walletProduct)
	s.Count(storeID, product.ProductID, sku, 3)
	s.Until("the messages", func() bool {
		for s.app.round(t.Context()) {
		}
		return s.count(`SELECT COUNT(*) FROM message WHERE kind = 'back' AND (status = 'delivered' OR status = 'failed' AND transaction_id = 0)`) == 2
	})
	told := 0
	for _, m := range s.Messages(storeID) {
		if m.Channel == selorax.SMS && m.Status == delivered {
			told++
		}
	}
	if told != 1 {
		t.Errorf("%d are told: %+v", told, s.Messages(storeID))
	}
}

// What a merchant has set is kept by the platform over an uninstall.
func TestSandboxSettings(t *testing.T) {
	s := startInSandbox(t)
	if _, err := s.app.change(t.Context(), storeID, func(now settings) settings { return now.with(150, new(int64(9))) }); err != nil {
		t.Fatal(err)
	}
	s.Uninstall(s.registered)
	s.Until("the farewell", func() bool { return s.count(`SELECT COUNT(*) FROM setting`) == 0 })
	s.Install(s.app.PublicURL+"/install?store_id=22", storeID)
	if set, err := s.app.settings(t.Context(), storeID); err != nil || set.of(150) != 9 || set.of(151) != defaults.Threshold {
		t.Errorf("%+v, %v", set, err)
	}
}

// An empty wallet says what is missing; metered use needs none.
func TestSandboxMoney(t *testing.T) {
	s := startInSandbox(t)
	err := s.app.withToken(t.Context(), storeID, func(token string) error {
		_, err := s.app.Platform.Debit(t.Context(), token, selorax.NewDebit{Amount: 2_50, Description: "SMS", IdempotencyKey: "sms-1"})
		return err
	})
	if balance, required, short := selorax.Shortfall(err); !short || balance != 0 || required != 2_50 {
		t.Errorf("an empty wallet: %v", err)
	}
	err = s.app.withToken(t.Context(), storeID, func(token string) error {
		used, err := s.app.Platform.RecordUsage(t.Context(), token, selorax.NewUsage{Description: "SMS", Quantity: "1.5", UnitPrice: 2_50, IdempotencyKey: "sms-1"})
		if err == nil && used.Amount != 3_75 {
			t.Errorf("1.5 × 2.50 costs %v", used.Amount)
		}
		return err
	})
	if err != nil {
		t.Error(err)
	}
}
