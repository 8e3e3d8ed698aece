package design_test

import (
	"encoding/xml"
	"regexp"
	"strings"
	"testing"

	"github.com/selorax/sandbox/platform/design"
)

func TestStylesheetHasEveryLayerOnce(t *testing.T) {
	t.Parallel()
	css := string(design.Stylesheet())
	for _, layer := range []string{"tokens", "base", "pieces"} {
		if n := strings.Count(css, "@layer "+layer+" {"); n != 1 {
			t.Errorf("layer %s is there %d times", layer, n)
		}
	}
	if n, m := strings.Count(css, "{"), strings.Count(css, "}"); n != m {
		t.Errorf("%d braces open, %d close", n, m)
	}
}

// A custom property that nothing sets would silently be no colour at all.
func TestEveryPropertyUsedIsDefined(t *testing.T) {
	t.Parallel()
	css := string(design.Stylesheet())
	defined := map[string]bool{}
	for _, m := range regexp.MustCompile(`(--[a-z-]+):`).FindAllStringSubmatch(css, -1) {
		defined[m[1]] = true
	}
	for _, m := range regexp.MustCompile(`var\((--[a-z-]+)`).FindAllStringSubmatch(css, -1) {
		if !defined[m[1]] {
			t.Errorf("%s is used and never set", m[1])
		}
	}
}

func TestIcons(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"home", "orders", "check-circle", "chevron-down"} {
		icon, err := design.Icon(name)
		if err != nil {
			t.Fatal(err)
		}
		var svg struct {
			XMLName xml.Name
			Hidden  string `xml:"aria-hidden,attr"`
			Inner   string `xml:",innerxml"`
		}
		if err := xml.Unmarshal([]byte(icon), &svg); err != nil || svg.XMLName.Local != "svg" || svg.Hidden != "true" || svg.Inner == "" {
			t.Errorf("%s: %v in %s", name, err, icon)
		}
	}
	if icon, err := design.Icon("no-such-icon"); err == nil {
		t.Errorf("got %s", icon)
	}
}

func TestFaviconIsADocument(t *testing.T) {
	t.Parallel()
	var svg struct {
		XMLName xml.Name
		Rect    []struct{} `xml:"rect"`
	}
	if err := xml.Unmarshal(design.MarkSVG(), &svg); err != nil || svg.XMLName.Space != "http://www.w3.org/2000/svg" || len(svg.Rect) != 1 {
		t.Errorf("%v in %s", err, design.MarkSVG())
	}
}
