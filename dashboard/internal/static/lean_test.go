package static

import (
	"bytes"
	"io/fs"
	"path"
	"strings"
	"testing"
)

func TestLean(t *testing.T) {
	t.Parallel()
	const script = "// About.\nimport { a } from './a.js'; // stays\n\n/**\n * Does.\n *\n * @param {x} y\n */\nexport function f() {\n  /** one */\n  const url = 'http://x';\n  return a\n    // between\n    + url; /* stays */\n}\n"
	const want = "import { a } from './a.js'; // stays\nexport function f() {\nconst url = 'http://x';\nreturn a\n+ url; /* stays */\n}\n"
	if got := string(lean([]byte(script))); got != want {
		t.Errorf("got\n%s", got)
	}
}

// What lean takes for lines has to be lines: no template literal may span
// several, and no code may stand behind a comment that begins its line.
func TestScriptsMayBeMadeLean(t *testing.T) {
	t.Parallel()
	err := fs.WalkDir(embedded, ".", func(name string, _ fs.DirEntry, err error) error {
		if err != nil || path.Ext(name) != ".js" {
			return err
		}
		text, err := embedded.ReadFile(name)
		for n, line := range strings.Split(string(text), "\n") {
			trimmed := strings.TrimSpace(line)
			if strings.HasPrefix(trimmed, "/*") && strings.Contains(trimmed, "*/") && !strings.HasSuffix(trimmed, "*/") {
				t.Errorf("%s:%d begins with a comment and goes on with code", name, n+1)
			}
			comment := strings.HasPrefix(trimmed, "*") || strings.HasPrefix(trimmed, "//") || strings.HasPrefix(trimmed, "/*")
			if code, _, _ := strings.Cut(line, " // "); !comment && strings.Count(code, "`")%2 != 0 {
				t.Errorf("%s:%d begins a text that goes on in the next line", name, n+1)
			}
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// A page with extensions stays below 60 kB of scripts, what only some trees or
// only developers need aside.
func TestScriptsOfAPage(t *testing.T) {
	t.Parallel()
	later := map[string]bool{"inputs.js": true, "structure.js": true, "choices.js": true, "dialogs.js": true, "tables.js": true,
		"action.js": true, "select.js": true, "sandbox.js": true, "picker.js": true, "clock.js": true, "slots.js": true, "gallery.js": true}
	total := 0
	for _, folder := range []string{"js", "ext", "bridge"} {
		files, err := fs.Glob(embedded, folder+"/*.js")
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range files {
			if later[path.Base(name)] || folder == "bridge" && !strings.Contains("bridge/tokens.js bridge/host.js", name) {
				continue
			}
			text, err := embedded.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			total += len(lean(bytes.Clone(text)))
		}
	}
	if total > 60_000 {
		t.Errorf("a page with extensions loads %d bytes of scripts", total)
	}
}
