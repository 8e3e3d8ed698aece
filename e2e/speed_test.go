package e2e_test

import (
	"fmt"
	"os"
	"slices"
	"strconv"
	"testing"

	"github.com/selorax/sandbox/platform/api"

	"github.com/selorax/sandbox/e2e/internal/journey"
)

// speed is what a page took, in milliseconds.
type speed struct {
	P50   float64
	P99   float64
	Paint float64 // from the navigation to the first content
}

// TestSpeed measures every page of a developer with as many orders in the store
// as SPEED_ORDERS says. It judges nothing: make speed prints what it found.
func TestSpeed(t *testing.T) {
	orders, err := strconv.Atoi(os.Getenv("SPEED_ORDERS"))
	if err != nil {
		t.Skip("SPEED_ORDERS says no number of orders; make speed does")
	}
	s := begin(t)
	s.control("/apps/"+restock+"/install", api.SandboxInstall{StoreID: florist})
	const most = 1000
	for left := orders; left > 0; left -= most {
		s.control("/seed", map[string]any{"store_id": florist, "orders": min(left, most)})
	}
	p := s.signIn(developer, florist)
	fmt.Printf("%-42s %8s %8s %12s\n", fmt.Sprintf("with %d more orders, ms", orders), "p50", "p99", "first paint")
	for _, place := range []string{
		"", "/orders", "/orders?search=Rahman", "/orders?page=2000", "/orders?status=pending&sort=grand_total:asc", "/orders/1001", "/products", "/products/150", "/customers", "/customers/22300",
		"/discounts", "/apps/marketplace", "/apps/marketplace/restock", "/apps/e/restock", "/settings/apps", "/settings/apps/restock", "/settings/billing", "/settings/webhooks",
		"/settings/store", "/settings/privacy", "/developer/tour", "/developer/inspector", "/developer/messages", "/developer/faults", "/developer/earnings", "/developer/extensions", "/developer/components",
	} {
		took := measure(p, s.Sandbox.DashboardURL+path(florist, place))
		fmt.Printf("%-42s %8.1f %8.1f %12.0f\n", place, took.P50, took.P99, took.Paint)
	}
}

// measure loads a page, and then asks for it a hundred times, one after the other.
func measure(p *journey.Page, url string) speed {
	p.Goto(url)
	paint := journey.Value[float64](p, `new Promise((seen) => new PerformanceObserver((list) => seen(list.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0)).observe({ type: 'paint', buffered: true }))`)
	var took []float64
	for range 10 { // a question to the browser has a limit in time
		took = append(took, journey.Value[[]float64](p, fmt.Sprintf(`(async () => {
			const took = [];
			for (let n = 0; n < 10; n++) {
				const started = performance.now();
				await (await fetch(%q)).text();
				took.push(performance.now() - started);
			}
			return took;
		})()`, url))...)
	}
	slices.Sort(took)
	return speed{took[len(took)/2], took[len(took)*99/100], paint}
}
