package guide_test

import (
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"github.com/selorax/sandbox/dashboard/internal/guide"
	"github.com/selorax/sandbox/dashboard/internal/htmltest"
)

const index = "# All\n\n[Not a group](one.md)\n\n## Begin\n\n1. [First](one.md)\n\n## Then\n\n- [Second](../other/TWO.md#a-b)\n- [First again](one.md)\n"

// load makes a library of files, named from the root of the module.
func load(files map[string]string) (*guide.Library, error) {
	mounts := map[string]fs.FS{}
	for name, text := range files {
		dir, file, _ := strings.Cut(name, "/")
		if mounts[dir] == nil {
			mounts[dir] = fstest.MapFS{}
		}
		mounts[dir].(fstest.MapFS)[file] = &fstest.MapFile{Data: []byte(text)}
	}
	return guide.Load(mounts)
}

// body is the page made of a text, beside another.
func body(t *testing.T, text string) htmltest.Page {
	t.Helper()
	l, err := load(map[string]string{"docs/README.md": index, "docs/one.md": text, "other/TWO.md": "# Two\n\n## A b\n"})
	if err != nil {
		t.Fatal(err)
	}
	return htmltest.Parse(t, string(l.Page("one").Body))
}

func TestTheIndexIsTheOrder(t *testing.T) {
	t.Parallel()
	l, err := load(map[string]string{"docs/README.md": index, "docs/one.md": "# One\n\n## `a` & b\n\n### c\n", "other/TWO.md": "# Two\n\n## A b\n", "other/code.js": "no guide"})
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, group := range l.Groups {
		got = append(got, group.Title)
		for _, page := range group.Pages {
			got = append(got, page.Title+" "+page.URL())
		}
	}
	if diff := cmp.Diff([]string{"Begin", "One /docs/one", "Then", "Two /docs/two"}, got); diff != "" {
		t.Error(diff)
	}
	one, two := l.Page("one"), l.Page("two")
	if l.Page("") != l.Index || l.Index.Next != one || one.Next != two || two.Next != nil || two.Previous != one || one.Previous != l.Index || l.Index.Previous != nil {
		t.Error("the pages do not follow each other")
	}
	if diff := cmp.Diff([]guide.Section{{ID: "a--b", Title: "a & b"}}, one.Sections); diff != "" {
		t.Error(diff)
	}
	if l.Page("README") != nil || l.Page("readme") != nil {
		t.Error("the index has a second address")
	}
}

func TestLibrariesThatAreRefused(t *testing.T) {
	t.Parallel()
	const two = "# Two\n"
	for want, files := range map[string]map[string]string{
		"there is no docs/README.md":                {"docs/one.md": "# One"},
		"docs/lost.md does not stand in":            {"docs/README.md": index, "docs/one.md": "# One", "other/TWO.md": two, "docs/lost.md": "# Lost"},
		"docs/one.md does not begin with its title": {"docs/README.md": index, "docs/one.md": "One", "other/TWO.md": two},
		"two files are called one":                  {"docs/README.md": index + "- [b](../other/one.md)\n", "docs/one.md": "# One", "other/TWO.md": two, "other/one.md": "# One"},
	} {
		if _, err := load(files); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v, want %q", err, want)
		}
	}
}

func TestLinks(t *testing.T) {
	t.Parallel()
	p := body(t, "# One\n\n[a](../other/TWO.md#a-b) [b](README.md) [c](#here) [d](https://example.com/x) and [the *code*](../../sampleapp) of it\n\n## Here\n")
	if diff := cmp.Diff([]string{"/docs/two#a-b", "/docs", "#here", "https://example.com/x"}, p.Attrs("p a", "href")); diff != "" {
		t.Error(diff)
	}
	if text := p.One("p").Text(); text != "a b c d and the code of it" || p.Count("p em") != 1 {
		t.Errorf("%q", text)
	}
	if p.One("h2 a.anchor").Attr("href") != "#here" || p.One("h2#here").Text() != "Here #" {
		t.Error("a heading does not link to itself")
	}
}

func TestBlocks(t *testing.T) {
	t.Parallel()
	p := body(t, "# One\n\n```sh background\nsx up\n```\n\n```js app.js\nif (a < b) {}\n\n```\n\n```output\n<b>…\n```\n\n    plain\n\n| a | b |\n|---|--:|\n| 1 | `x` |\n\n<script>alert(1)</script> and <b>bold</b>\n")
	var labels []string
	for _, label := range p.All(".code-head .meta") {
		labels = append(labels, label.Text())
	}
	if diff := cmp.Diff([]string{"In a terminal of its own", "app.js", "You see", "Example"}, labels); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]string{"code-1", "code-2", "code-4"}, p.Attrs("button", "data-copy")); diff != "" {
		t.Errorf("what was printed is not copied: %s", diff)
	}
	if got := p.One("#code-2").Raw(); got != "if (a < b) {}\n" {
		t.Errorf("%q", got)
	}
	if got := p.One("#code-3").Raw(); got != "<b>…" {
		t.Errorf("%q", got)
	}
	if p.Count(`.table-box > table th[scope="col"]`) != 2 || p.Count("tbody td") != 2 || p.Count("[style]") != 0 {
		t.Error("the table is not as it should be")
	}
	if p.Count("script") != 0 || p.Count("b") != 0 {
		t.Error("raw HTML gets through")
	}
}
