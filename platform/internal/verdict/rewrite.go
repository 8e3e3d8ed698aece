package verdict

import (
	"bytes"
	"encoding/json"
	"math"
	"slices"
	"strconv"
	"strings"
	"unicode/utf16"
)

// style is how a language writes JSON.
type style struct {
	name         string
	comma, colon string
	indent       string // of each level, "" for one line
	sorted       bool   // names in order
	ascii        bool   // other characters as \u escapes
	slash        bool   // "/" as "\/"
	html         bool   // <, > and & as \u escapes
	number       func(json.Number) string
}

var styles = []style{
	{name: "JSON.stringify of JavaScript", comma: ",", colon: ":", number: shortest},
	{name: "JSON.stringify with sorted names", comma: ",", colon: ":", sorted: true, number: shortest},
	{name: "JSON.stringify with an indent of 2", comma: ",", colon: ": ", indent: "  ", number: shortest},
	{name: "JSON.stringify with an indent of 4", comma: ",", colon: ": ", indent: "    ", number: shortest},
	{name: "json.Marshal of Go, from a map", comma: ",", colon: ":", sorted: true, html: true, number: shortest},
	{name: "json.Marshal of Go, from a struct", comma: ",", colon: ":", html: true, number: shortest},
	{name: "json.dumps of Python", comma: ", ", colon: ": ", ascii: true, number: float},
	{name: "json.dumps of Python with sort_keys", comma: ", ", colon: ": ", ascii: true, sorted: true, number: float},
	{name: "json.dumps of Python without spaces", comma: ",", colon: ":", ascii: true, number: float},
	{name: "json.dumps of Python with sort_keys and without spaces", comma: ",", colon: ":", ascii: true, sorted: true, number: float},
	{name: "json.dumps of Python with ensure_ascii=False", comma: ", ", colon: ": ", number: float},
	{name: "json.dumps of Python with an indent of 2", comma: ",", colon: ": ", indent: "  ", ascii: true, number: float},
	{name: "json.dumps of Python with an indent of 4", comma: ",", colon: ": ", indent: "    ", ascii: true, number: float},
	{name: "json_encode of PHP", comma: ",", colon: ":", ascii: true, slash: true, number: float},
	{name: "json_encode of PHP with JSON_UNESCAPED_SLASHES", comma: ",", colon: ":", ascii: true, number: float},
	{name: "a library that keeps the numbers as they are", comma: ",", colon: ":", number: json.Number.String},
}

// rewritten writes JSON again in a style; nil for what is no JSON.
func (s style) rewritten(text []byte) []byte {
	d := json.NewDecoder(bytes.NewReader(text))
	d.UseNumber()
	value, err := parse(d)
	if err != nil {
		return nil
	}
	var b strings.Builder
	s.write(&b, value, "\n")
	return []byte(b.String())
}

// member is a name and a value of an object, in the order of the text.
type member struct {
	name  string
	value any
}

// parse reads a value: []member for an object, []any for an array.
func parse(d *json.Decoder) (any, error) {
	token, err := d.Token()
	if err != nil {
		return nil, err
	}
	switch token {
	case json.Delim('{'):
		object := []member{}
		for d.More() {
			name, err := d.Token()
			if err != nil {
				return nil, err
			}
			value, err := parse(d)
			if err != nil {
				return nil, err
			}
			object = append(object, member{name.(string), value})
		}
		_, err = d.Token()
		return object, err
	case json.Delim('['):
		array := []any{}
		for d.More() {
			value, err := parse(d)
			if err != nil {
				return nil, err
			}
			array = append(array, value)
		}
		_, err = d.Token()
		return array, err
	}
	return token, nil
}

func (s style) write(b *strings.Builder, value any, line string) {
	switch v := value.(type) {
	case []member:
		if s.sorted {
			v = slices.Clone(v)
			slices.SortStableFunc(v, func(a, b member) int { return strings.Compare(a.name, b.name) })
		}
		s.list(b, "{", "}", len(v), line, func(n int, line string) {
			s.text(b, v[n].name)
			b.WriteString(s.colon)
			s.write(b, v[n].value, line)
		})
	case []any:
		s.list(b, "[", "]", len(v), line, func(n int, line string) { s.write(b, v[n], line) })
	case json.Number:
		b.WriteString(s.number(v))
	case string:
		s.text(b, v)
	case bool:
		b.WriteString(strconv.FormatBool(v))
	case nil:
		b.WriteString("null")
	}
}

// list writes what stands between two brackets; line is a new line with the
// indent of the brackets.
func (s style) list(b *strings.Builder, open, end string, n int, line string, one func(n int, line string)) {
	b.WriteString(open)
	inner := line + s.indent
	for i := range n {
		if i > 0 {
			b.WriteString(s.comma)
		}
		if s.indent != "" {
			b.WriteString(inner)
		}
		one(i, inner)
	}
	if n > 0 && s.indent != "" {
		b.WriteString(line)
	}
	b.WriteString(end)
}

var escapes = map[rune]string{'"': `\"`, '\\': `\\`, '\n': `\n`, '\r': `\r`, '\t': `\t`, '\b': `\b`, '\f': `\f`}

func (s style) text(b *strings.Builder, text string) {
	b.WriteByte('"')
	for _, r := range text {
		switch short, known := escapes[r]; {
		case known:
			b.WriteString(short)
		case r == '/' && s.slash:
			b.WriteString(`\/`)
		case r < ' ', r > '~' && s.ascii, s.html && strings.ContainsRune("<>&\u2028\u2029", r):
			escape(b, r)
		default:
			b.WriteRune(r)
		}
	}
	b.WriteByte('"')
}

func escape(b *strings.Builder, r rune) {
	for _, unit := range utf16.AppendRune(nil, r) {
		digits := strconv.FormatUint(uint64(unit), 16)
		b.WriteString(`\u` + strings.Repeat("0", 4-len(digits)) + digits)
	}
}

// shortest writes a number as languages do that know only floats: 1500.00
// becomes 1500.
func shortest(n json.Number) string {
	f, err := n.Float64()
	if err != nil || math.Abs(f) >= 1e21 {
		return n.String()
	}
	return strconv.FormatFloat(f, 'f', -1, 64)
}

// float keeps whole numbers apart from floats: 1500.00 becomes 1500.0.
func float(n json.Number) string {
	if !strings.ContainsAny(n.String(), ".eE") {
		return n.String()
	}
	text := shortest(n)
	if !strings.ContainsAny(text, ".eE") {
		text += ".0"
	}
	return text
}
