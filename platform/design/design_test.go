package design

import (
	"encoding/xml"
	"errors"
	"io"
	"math"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

func TestEveryIconIsWellFormed(t *testing.T) {
	t.Parallel()
	if len(IconNames()) < 30 {
		t.Errorf("only %d icons", len(IconNames()))
	}
	for _, name := range IconNames() {
		for _, svg := range []string{Icon(name, ""), Icon(name, `a "label" & more`), IconFile(name, "#2A2877")} {
			wellFormed(t, name, svg)
		}
	}
	wellFormed(t, "mark", MarkSVG())
}

func wellFormed(t *testing.T, name, svg string) {
	t.Helper()
	d := xml.NewDecoder(strings.NewReader(svg))
	for elements := 0; ; elements++ {
		if _, err := d.Token(); errors.Is(err, io.EOF) && elements > 2 {
			return
		} else if err != nil {
			t.Errorf("%s: %v in %s", name, err, svg)
			return
		}
	}
}

func TestUnknownIconIsEmpty(t *testing.T) {
	t.Parallel()
	if Icon("no-such", "x") != "" || IconFile("no-such", "#000") != "" {
		t.Error("an unknown icon draws something")
	}
}

func TestEveryPropertyUsedIsDefined(t *testing.T) {
	t.Parallel()
	for _, use := range regexp.MustCompile(`var\((--[a-z-]+)`).FindAllStringSubmatch(Stylesheet(), -1) {
		if !strings.Contains(TokensCSS(), "\n  "+use[1]+": ") {
			t.Errorf("%s is used and not defined", use[1])
		}
	}
}

// TestContrast holds every text colour to WCAG AA on what it stands on, in
// both themes.
func TestContrast(t *testing.T) {
	t.Parallel()
	for _, pair := range []struct {
		fore, back string
		least      float64
	}{
		{"text", "canvas", 4.5}, {"text", "surface", 4.5}, {"text", "hover", 4.5}, {"text", "selected", 4.5},
		{"muted", "canvas", 4.5}, {"muted", "surface", 4.5}, {"muted", "hover", 4.5}, {"muted", "selected", 4.5}, {"muted", "surface-sunken", 4.5},
		{"accent", "surface", 4.5}, {"accent", "canvas", 4.5}, {"accent", "accent-soft", 4.5}, {"on-accent", "accent", 4.5}, {"on-accent", "accent-hover", 4.5},
		{"on-danger", "danger-fill", 4.5}, {"on-brand", "brand", 4.5}, {"danger-text", "surface", 4.5},
		{"info-text", "info-bg", 4.5}, {"success-text", "success-bg", 4.5}, {"warning-text", "warning-bg", 4.5}, {"danger-text", "danger-bg", 4.5},
		{"focus", "canvas", 3}, {"focus", "surface", 3}, {"line-strong", "surface", 3},
	} {
		for theme := range 2 {
			if got := contrast(colour(t, pair.fore, theme), colour(t, pair.back, theme)); got < pair.least {
				t.Errorf("--%s on --%s, theme %d: %.2f, want %.1f", pair.fore, pair.back, theme, got, pair.least)
			}
		}
	}
}

// colour returns a token's red, green and blue; theme 0 is light, 1 dark.
func colour(t *testing.T, name string, theme int) (rgb [3]float64) {
	t.Helper()
	line := regexp.MustCompile(`--` + name + `: ([^;]+);`).FindStringSubmatch(TokensCSS())
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
