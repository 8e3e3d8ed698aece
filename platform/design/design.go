package design

import (
	"bytes"
	_ "embed"
	"fmt"
	"html/template"
	"regexp"
	"sync"
)

//go:embed tokens.css
var tokens []byte

//go:embed base.css
var base []byte

//go:embed pieces.css
var pieces []byte

//go:embed icons.svg
var icons []byte

// Stylesheet returns the shared CSS.
func Stylesheet() []byte {
	return bytes.Join([][]byte{[]byte("@layer tokens, base, pieces;\n"), tokens, base, pieces}, []byte("\n"))
}

// Icon returns a drawn icon as inline SVG in the colour of the text around
// it. It is hidden from screen readers: a word goes with it, or the control
// that holds it has a label.
func Icon(name string) (template.HTML, error) {
	body, ok := sprite()[name]
	if !ok {
		return "", fmt.Errorf("design: there is no icon %q", name)
	}
	return template.HTML(`<svg class="icon" viewBox="0 0 20 20" aria-hidden="true" focusable="false">` + body + `</svg>`), nil
}

// MarkSVG is the mark of the platform as a stand-alone SVG document.
func MarkSVG() []byte {
	return []byte(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 20 20" fill="none">` + sprite()["mark"] + `</svg>`)
}

// symbol is one icon of icons.svg.
var symbol = regexp.MustCompile(`(?s)<symbol id="([a-z-]+)">(.*?)</symbol>`)

var sprite = sync.OnceValue(func() map[string]string {
	all := map[string]string{}
	for _, m := range symbol.FindAllSubmatch(icons, -1) {
		all[string(m[1])] = string(bytes.TrimSpace(m[2]))
	}
	return all
})
