package web

import (
	"slices"
	"strings"
	"testing"
)

func TestNearest(t *testing.T) {
	t.Parallel()
	fields := []string{"status", "price", "sku_id", "customer_phone", "id", "quantity"}
	for name, want := range map[string]string{
		"status":                         "status",
		"Status":                         "status",
		"stauts":                         "status",
		"pirce":                          "price",
		"prices":                         "price",
		"skuid":                          "sku_id",
		"customerPhone":                  "customer_phone",
		"customer_fone":                  "customer_phone",
		"ids":                            "id",
		"colour":                         "",
		"":                               "",
		"ফুল":                            "",
		strings.Repeat("price", 100_000): "",
	} {
		if got := Nearest(name, fields); got != want {
			t.Errorf("%.20q: got %q, want %q", name, got, want)
		}
	}
	if got := Nearest("a", nil); got != "" {
		t.Errorf("nearest of nothing is %q", got)
	}
}

func FuzzNearest(f *testing.F) {
	f.Add("status", "stauts,state")
	f.Add("\xff", "ফুল,,x")
	f.Fuzz(func(t *testing.T, name, list string) {
		if len(name)+len(list) > 1000 {
			t.Skip()
		}
		candidates := strings.Split(list, ",")
		best := Nearest(name, candidates)
		if best != "" && !slices.Contains(candidates, best) {
			t.Fatalf("%q is no candidate", best)
		}
		if slices.Contains(candidates, name) && !strings.EqualFold(best, name) {
			t.Fatalf("%q is a candidate, got %q", name, best)
		}
		for _, c := range candidates {
			if distance(name, c) != distance(c, name) || (distance(name, c) == 0) != (name == c) {
				t.Fatalf("distance of %q and %q", name, c)
			}
		}
	})
}
