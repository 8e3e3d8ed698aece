package guide

import (
	"bytes"
	"fmt"
	"html/template"
	"strings"

	"github.com/yuin/goldmark/ast"
	table "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/renderer"
	"github.com/yuin/goldmark/util"

	"github.com/selorax/sandbox/platform/design"
)

// blocks draws headings with a link to themselves, code with a line above it
// that says what it is, and tables that scroll on their own.
type blocks struct{}

// RegisterFuncs is goldmark's way to be told who draws what.
func (blocks) RegisterFuncs(r renderer.NodeRendererFuncRegisterer) {
	r.Register(ast.KindHeading, heading)
	r.Register(ast.KindFencedCodeBlock, code)
	r.Register(ast.KindCodeBlock, code)
	r.Register(table.KindTable, tableBox)
}

func tableBox(w util.BufWriter, _ []byte, _ ast.Node, entering bool) (ast.WalkStatus, error) {
	tags := `<div class="table-box" tabindex="0" role="group" aria-label="Table"><table class="table">`
	if !entering {
		tags = "</table></div>\n"
	}
	_, err := w.WriteString(tags)
	return ast.WalkContinue, err
}

func heading(w util.BufWriter, source []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
	h := n.(*ast.Heading)
	id, _ := h.AttributeString("id")
	if entering {
		_, err := fmt.Fprintf(w, `<h%d id="%s">`, h.Level, id)
		return ast.WalkContinue, err
	}
	_, err := fmt.Fprintf(w, ` <a class="anchor" href="#%s" aria-label="Link to %s">#</a></h%d>`+"\n", id, template.HTMLEscapeString(plain(h, source)), h.Level)
	return ast.WalkContinue, err
}

var codeBlock = template.Must(template.New("code").Parse(`<div class="code-box{{if .Printed}} code-printed{{end}}">
<div class="code-head"><span class="meta">{{.Label}}</span>{{if not .Printed}}<button class="button button-ghost" type="button" data-copy="{{.ID}}" aria-label="Copy {{.What}}">{{.Icon}}<span>Copy</span></button>{{end}}</div>
<pre class="code" id="{{.ID}}" tabindex="0" aria-label="{{.Label}}"{{with .Language}} data-language="{{.}}"{{end}}>{{.Text}}</pre></div>
`))

// box is what a code block says of itself.
type box struct {
	ID, Label, What, Language, Text string
	Printed                         bool
	Icon                            template.HTML
}

func code(w util.BufWriter, source []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
	if !entering {
		return ast.WalkSkipChildren, nil
	}
	info := ""
	if fenced, ok := n.(*ast.FencedCodeBlock); ok && fenced.Info != nil {
		info = string(fenced.Info.Segment.Value(source))
	}
	id, _ := n.AttributeString("id")
	b := describe(info)
	b.ID = id.(string)
	icon, err := design.Icon("copy")
	if err != nil {
		return ast.WalkStop, err
	}
	b.Icon = icon
	var text bytes.Buffer
	for i := range n.Lines().Len() {
		line := n.Lines().At(i)
		text.Write(line.Value(source))
	}
	b.Text = strings.TrimSuffix(text.String(), "\n")
	return ast.WalkSkipChildren, codeBlock.Execute(w, b)
}

// describe reads a block's info string: its language, and after it the name of
// the file it is, or "background" for a command that stays in a terminal of
// its own.
func describe(info string) box {
	language, rest, _ := strings.Cut(info, " ")
	b := box{Language: language, What: "the code"}
	switch {
	case language == "output":
		b.Label, b.Printed = "You see", true
	case language == "sh" && rest == "background":
		b.Label, b.What = "In a terminal of its own", "the command"
	case language == "sh":
		b.Label, b.What = "Terminal", "the commands"
	case rest != "":
		b.Label, b.What = rest, rest
	case language == "json":
		b.Label = "JSON"
	case language == "":
		b.Label = "Example"
	default:
		b.Label = strings.ToUpper(language[:1]) + language[1:]
	}
	return b
}
