package e2e_test

import (
	"context"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/selorax/sandbox/platform/api"

	"github.com/selorax/sandbox/e2e/internal/client"
	"github.com/selorax/sandbox/e2e/internal/programs"
)

// A second start is ready sooner than the first and goes on with the same
// data and credentials, although every port is another.
func TestSecondStartKeepsTheData(t *testing.T) {
	t.Parallel()
	needPrograms(t)
	data := t.TempDir()
	first := startOn(t, data)
	s := apiStory(t, first)
	as := s.merchant(floristMerchant)
	order := s.orders(as, florist, api.OrderPending)[0]
	s.setStatus(as, order, api.OrderConfirmed)
	k := s.takeKeys(as, florist)
	count := len(s.orders(as, florist, ""))
	if err := first.Stop(); err != nil {
		t.Fatal(err)
	}

	second := startOn(t, data)
	t.Cleanup(func() {
		if err := second.Stop(); err != nil {
			t.Error(err)
		}
	})
	s = apiStory(t, second)
	if diff := cmp.Diff(first.Apps, second.Apps); diff != "" {
		t.Errorf("credentials changed (-first +second):\n%s", diff)
	}
	as = s.merchant(floristMerchant)
	detail, err := client.Get[api.Envelope[api.OrderDetail]](t.Context(), s.API, as, orderPath(order))
	if err != nil {
		t.Fatal(err)
	}
	if detail.Data.OrderStatus != api.OrderConfirmed {
		t.Errorf("the order is %s again, want %s", detail.Data.OrderStatus, api.OrderConfirmed)
	}
	if got := len(s.orders(as, florist, "")); got != count {
		t.Errorf("%d orders, want the same %d", got, count)
	}
	s.open(t, k)
	listed, err := client.Get[api.Envelope[api.MarketplaceApp]](t.Context(), s.API, as, "/apps/marketplace/restock?store_id=22")
	if err != nil {
		t.Fatal(err)
	}
	if got := listed.Data.RedirectURLs; len(got) != 1 || !strings.HasPrefix(got[0], second.AppURL) {
		t.Errorf("Restock is registered at %v, but runs at %s now", got, second.AppURL)
	}
	t.Logf("ready in %d ms at first, in %d ms again", first.ReadyMS, second.ReadyMS)
}

func startOn(t *testing.T, data string) *programs.Sandbox {
	t.Helper()
	sandbox, err := programs.Start(context.WithoutCancel(t.Context()), suite.Bin, data)
	if err != nil {
		t.Fatal(err)
	}
	return sandbox
}
