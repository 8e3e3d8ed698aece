package catalog

import (
	"encoding/xml"
	"errors"
	"io"
	"io/fs"
	"net/http"
	"path"
	"strings"
	"testing"

	"github.com/selorax/sandbox/platform/api"
)

// wellFormed reads a drawing to its end and looks for what a picture must not
// hold.
func wellFormed(t *testing.T, name, svg string) {
	t.Helper()
	if strings.ContainsAny(svg, "{}") {
		t.Errorf("%s: a colour is not filled in", name)
	}
	dec := xml.NewDecoder(strings.NewReader(svg))
	for {
		token, err := dec.Token()
		if errors.Is(err, io.EOF) {
			return
		}
		if err != nil {
			t.Errorf("%s: %v", name, err)
			return
		}
		if e, ok := token.(xml.StartElement); ok && (e.Name.Local == "script" || e.Name.Local == "style" || e.Name.Local == "image") {
			t.Errorf("%s has a %s", name, e.Name.Local)
		}
	}
}

func TestEveryMotifInEveryPalette(t *testing.T) {
	t.Parallel()
	files, err := fs.Glob(drawings, "motif/*.svg")
	if err != nil || len(files) < 20 {
		t.Fatalf("%d motifs, %v", len(files), err)
	}
	for _, file := range files {
		motif := strings.TrimSuffix(path.Base(file), ".svg")
		for colours := range palettes {
			svg, ok := draw(motif, colours)
			if !ok {
				t.Errorf("%s-%s is not drawn", motif, colours)
			}
			wellFormed(t, motif+"-"+colours, svg)
		}
	}
}

func TestPicturesOverHTTP(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	for target, want := range map[string]string{
		"/media/products/bouquet-rose.svg": palettes["rose"].main,
		"/media/products/phone-sky.svg":    palettes["sky"].main,
		"/media/apps/restock.svg":          "#2a2877",
		"/media/apps/my-app.svg":           "stroke-dasharray",
		"/media/apps/acme-shipping.svg":    ">A</text>",
		"/media/apps/7.svg":                ">7</text>",
	} {
		a := b.Get("nobody", target)
		if a.Code != http.StatusOK || !strings.Contains(a.Body.String(), want) {
			t.Errorf("%s: %d without %q: %s", target, a.Code, want, a.Body)
		}
		wellFormed(t, target, a.Body.String())
		for name, value := range map[string]string{
			"Content-Type": "image/svg+xml", "Content-Security-Policy": "default-src 'none'; sandbox", "X-Content-Type-Options": "nosniff",
			"Access-Control-Allow-Origin": "*", "Cross-Origin-Resource-Policy": "cross-origin", "Cache-Control": "public, max-age=86400",
		} {
			if got := a.Header().Get(name); got != value {
				t.Errorf("%s: %s is %q", target, name, got)
			}
		}
		if again := b.Get("nobody", target); again.Body.String() != a.Body.String() {
			t.Errorf("%s is drawn differently the second time", target)
		}
	}
}

func TestPicturesThatDoNotExist(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	for _, target := range []string{
		"/media/products/bouquet.svg", "/media/products/bouquet-rose", "/media/products/bouquet-rose.png", "/media/products/dragon-rose.svg",
		"/media/products/bouquet-nocolour.svg", "/media/products/..%2Ficon%2Fletter-rose.svg", "/media/products/-rose.svg",
		"/media/products/%00-rose.svg", "/media/apps/.svg", "/media/apps/A.svg", "/media/apps/%3Cscript%3E.svg", "/media/apps/restock",
		"/media/apps/..%2Fframe.svg", "/media/apps/" + strings.Repeat("a", 65) + ".svg",
	} {
		if e := b.Get("nobody", target).Refusal(http.StatusNotFound); e.Code != api.CodeNotFound {
			t.Errorf("%s: %+v", target, e)
		}
	}
}
