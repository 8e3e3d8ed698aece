package static

import (
	"slices"
	"strings"
	"testing"
)

func TestLean(t *testing.T) {
	t.Parallel()
	got, err := lean("a.js", []byte("// About.\nimport { a } from './a.js';\n\n/** Does. */\nexport function f(long) {\n  const url = `http://x\n  ${long}`;\n  return a + url;\n}\n"))
	if text := string(got); err != nil || !strings.Contains(text, `from"./a.js"`) || strings.Contains(text, "Does") || strings.Contains(text, "long") || !strings.Contains(text, "http://x\n  ") {
		t.Errorf("%q, %v", text, err)
	}
	if _, err := lean("b.js", []byte("const = 1")); err == nil || !strings.Contains(err.Error(), "b.js") {
		t.Errorf("a mistake is told as %v", err)
	}
}

// Every script can be made lean.
func TestScripts(t *testing.T) {
	t.Parallel()
	all, err := scripts()
	if err != nil {
		t.Fatal(err)
	}
	for name, s := range all {
		if text, err := lean(name, s.source); err != nil || len(text) >= len(s.source) || string(text) != string(s.served()) {
			t.Errorf("%s: %d bytes of %d, %v", name, len(text), len(s.source), err)
		}
	}
}

// A developer's page with a tree of forms and tables, a script and a picker
// stays below 60 kB of scripts.
func TestScriptsOfAPage(t *testing.T) {
	t.Parallel()
	all, err := scripts()
	if err != nil {
		t.Fatal(err)
	}
	without := []string{
		"ext/gallery.js", "bridge/app-frame.js", "bridge/around.js", "bridge/states.js", "bridge/report.js", // on pages of their own
		"js/select.js", "js/find.js", "ext/structure.js", "ext/choices.js", "ext/dialogs.js", // where a list or a tree needs them
	}
	total := 0
	for name, s := range all {
		if !slices.Contains(without, name) {
			total += len(s.served())
		}
	}
	if total > 60_000 {
		t.Errorf("a page with extensions loads %d bytes of scripts", total)
	}
}
