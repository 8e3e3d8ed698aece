package journey

import (
	"os"
	"path/filepath"
	"strings"
)

// remember keeps a screenshot of the page used last, and after a failure also
// the text of every page. What cannot be had any more is left out: the failure
// itself is the better message.
func (j *Journey) remember(name string, failed bool) {
	if j.shown != nil {
		if shot, err := j.shown.tab().page.Screenshot(); err == nil {
			j.keep(name+".png", shot)
		}
	}
	if !failed {
		return
	}
	for _, p := range j.pages {
		if html, err := p.page.HTML(); err == nil {
			j.keep(name+"-"+p.name+".html", []byte(html))
		}
	}
	if j.Sandbox != nil {
		j.keep("programs.log", []byte(j.Sandbox.Log()))
	}
	j.t.Logf("screenshots, pages and logs are in %s", j.dir)
}

func (j *Journey) keep(name string, content []byte) {
	if err := os.WriteFile(filepath.Join(j.dir, name), content, 0o644); err != nil {
		j.t.Error(err)
	}
}

// slug turns a sentence into a file name.
func slug(name string) string {
	words := strings.FieldsFunc(strings.ToLower(name), func(r rune) bool {
		return (r < 'a' || r > 'z') && (r < '0' || r > '9')
	})
	return strings.Join(words, "-")
}
