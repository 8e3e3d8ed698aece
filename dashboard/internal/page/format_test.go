package page

import (
	"testing"
	"time"

	"github.com/selorax/sandbox/platform/api"
)

func TestMoney(t *testing.T) {
	t.Parallel()
	for amount, want := range map[api.Money]string{
		0: "৳\u00a00.00", 5: "৳\u00a00.05", 146000: "৳\u00a01,460.00", 100000000: "৳\u00a01,000,000.00", -146050: "−৳\u00a01,460.50",
	} {
		if got := string(money(amount)); got != `<span class="money">`+want+`</span>` {
			t.Errorf("%d: got %s", amount, got)
		}
	}
}

func TestWhenIsTheStoresTime(t *testing.T) {
	t.Parallel()
	at := api.Time{Time: time.Date(2026, 11, 22, 20, 30, 0, 0, time.UTC)}
	want := `<time datetime="2026-11-22T20:30:00.000Z" title="2026-11-22T20:30:00.000Z">23 Nov 2026, 02:30</time>`
	for _, v := range []any{at, &at} {
		if got, err := when(v); err != nil || string(got) != want {
			t.Errorf("got %s, %v", got, err)
		}
	}
	for _, v := range []any{api.Time{}, (*api.Time)(nil)} {
		if got, err := when(v); err != nil || got != "–" {
			t.Errorf("got %s, %v", got, err)
		}
	}
	if _, err := when("yesterday"); err == nil {
		t.Error("a text was taken for a time")
	}
}

func TestWords(t *testing.T) {
	t.Parallel()
	for got, want := range map[string]string{
		count(1, "order"): "1 order", count(1200, "order"): "1,200 orders", initials("dhaka gadget house"): "DG", initials(""): "",
		payment("cod"): "Cash on delivery", payment("bank_transfer"): "Bank transfer", title(""): "", group(-1234): "−1,234",
		picture("http://p", "/media/a.svg"): "http://p/media/a.svg", picture("http://p", "https://x/a.svg"): "https://x/a.svg",
		orderStatus("on_the_moon").Label: "On_the_moon", orderStatus(api.OrderHold).Words(): "on hold",
	} {
		if got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
	if share(0, 9) != 0 || share(1, 1000) != 1 || share(5, 10) != 50 || share(3, 0) != 0 {
		t.Error("shares are off")
	}
}
