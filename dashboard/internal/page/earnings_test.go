package page

import "testing"

func TestSpans(t *testing.T) {
	t.Parallel()
	for _, test := range []struct{ span, last, want string }{
		{"30d", "2026-11-23", "2026-10-25"}, {"90d", "2026-11-23", "2026-08-26"}, {"12m", "2026-11-23", "2025-12-01"},
		{"12m", "2026-12-31", "2026-01-01"}, {"12m", "2028-02-29", "2027-03-01"}, {"nonsense", "2026-01-30", "2026-01-01"}, {"12m", "x", "x"},
	} {
		if got := SpanOf(test.span).Before(test.last); got != test.want {
			t.Errorf("%s up to %s begins on %s, want %s", test.span, test.last, got, test.want)
		}
	}
}
