package design_test

import (
	"math"
	"regexp"
	"strconv"
	"testing"

	"github.com/selorax/sandbox/platform/design"
)

// TestContrast holds every text colour to WCAG AA on what it stands on, in
// both themes.
func TestContrast(t *testing.T) {
	t.Parallel()
	css := string(design.Stylesheet())
	for _, pair := range []struct {
		fore, back string
		least      float64
	}{
		{"text", "canvas", 4.5}, {"text", "surface", 4.5}, {"text", "hover", 4.5}, {"text", "pressed", 4.5},
		{"text-soft", "canvas", 4.5}, {"text-soft", "surface", 4.5}, {"text-soft", "hover", 4.5}, {"text-soft", "sunken", 4.5},
		{"accent", "surface", 4.5}, {"accent", "canvas", 4.5}, {"accent", "accent-soft", 4.5},
		{"on-accent", "accent", 4.5}, {"on-accent", "accent-hover", 4.5}, {"on-accent", "accent-pressed", 4.5},
		{"on-danger", "danger-fill", 4.5}, {"on-danger", "danger-fill-hover", 4.5}, {"on-brand", "brand", 4.5},
		{"info", "info-back", 4.5}, {"success", "success-back", 4.5}, {"warning", "warning-back", 4.5}, {"danger", "danger-back", 4.5},
		{"danger", "surface", 4.5}, {"control", "surface", 3}, {"accent", "hover", 3},
	} {
		for theme := range 2 {
			if got := contrast(colour(t, css, pair.fore, theme), colour(t, css, pair.back, theme)); got < pair.least {
				t.Errorf("--%s on --%s, theme %d: %.2f, want %.1f", pair.fore, pair.back, theme, got, pair.least)
			}
		}
	}
}

// colour returns a token's red, green and blue; theme 0 is light, 1 dark.
func colour(t *testing.T, css, name string, theme int) (rgb [3]float64) {
	t.Helper()
	line := regexp.MustCompile(`--` + name + `: ([^;]+);`).FindStringSubmatch(css)
	if line == nil {
		t.Fatalf("no token --%s", name)
	}
	values := regexp.MustCompile(`#[0-9a-f]{6}`).FindAllString(line[1], -1)
	value := values[min(theme, len(values)-1)]
	for i := range rgb {
		n, err := strconv.ParseUint(value[1+2*i:3+2*i], 16, 8)
		if err != nil {
			t.Fatal(err)
		}
		rgb[i] = float64(n) / 255
	}
	return rgb
}

func contrast(a, b [3]float64) float64 {
	x, y := luminance(a), luminance(b)
	return (max(x, y) + .05) / (min(x, y) + .05)
}

func luminance(rgb [3]float64) (sum float64) {
	for i, weight := range [3]float64{.2126, .7152, .0722} {
		c := rgb[i] / 12.92
		if rgb[i] > .04045 {
			c = math.Pow((rgb[i]+.055)/1.055, 2.4)
		}
		sum += weight * c
	}
	return sum
}
