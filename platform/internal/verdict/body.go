package verdict

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strconv"

	"github.com/selorax/sandbox/platform/api"
)

// variant is a body as an app may sign it.
type variant struct {
	body             []byte
	code, found, fix string // no code: the right one
}

func (v variant) mistake() api.SignatureMistake {
	return api.SignatureMistake{Code: v.code, Found: v.found, Fix: v.fix}
}

// What to do about bodies that are not the bytes that came.
const (
	fixRaw  = "Sign the raw bytes of the request, before anything parses them: express.raw() in Express, request.get_data() in Flask, request.body in Django, file_get_contents('php://input') in PHP, io.ReadAll(r.Body) in Go."
	fixTrim = "Sign the raw bytes as they come, and neither add nor take away anything."
)

// variants are the bodies to try, the right one first; own is what the app
// says it signed, or nil.
func (c Case) variants(own []byte) (list []variant) {
	add := func(body []byte, code, found, fix string) {
		for _, v := range list {
			if bytes.Equal(v.body, body) {
				return
			}
		}
		list = append(list, variant{body, code, found, fix})
	}
	add(c.Body, "", "", "")
	add(bytes.TrimSpace(c.Body), "body_trimmed", "Space at the beginning or the end of the body is taken off.", fixTrim)
	for _, end := range []string{"\n", "\r\n", " "} {
		add(append(bytes.Clone(c.Body), end...), "body_newline", "A newline or a space is added at the end of the body.", fixTrim)
	}
	add(nil, "body_empty", "The body is empty: something has read the request before.", fixRaw)
	for _, s := range styles {
		if again := s.rewritten(c.Body); again != nil {
			add(again, "body_reserialised", "The body is parsed and written again, as "+s.name+" does it.", fixRaw)
		}
	}
	c.parts(add)
	c.misread(add)
	if c.Truncated {
		add(c.Body[:len(c.Body)/2], "body_truncated", "The body is the half of it that came: a fault rule cut it off.", "Refuse it, as you do. The delivery is sent again.")
	}
	if own != nil {
		add(own, "body_other", "The body is another one than was sent. "+difference(c.Body, own), fixRaw)
	}
	return list
}

// parts are pieces of the body that an app takes for all of it.
func (c Case) parts(add func(body []byte, code, found, fix string)) {
	var envelope struct{ Data json.RawMessage }
	if json.Unmarshal(c.Body, &envelope) != nil || envelope.Data == nil {
		return
	}
	const found, fix = "Only the member data of the body is signed.", "Sign the whole body, event_id and timestamp included."
	add(envelope.Data, "body_data_only", found, fix)
	for _, s := range styles {
		add(s.rewritten(envelope.Data), "body_data_only", found, fix)
	}
}

// misread are texts that come of a body which is no text where it is signed.
func (c Case) misread(add func(body []byte, code, found, fix string)) {
	object := "The body is put into a text as an object, which JavaScript writes as [object Object]."
	add([]byte("[object Object]"), "body_object", object, fixRaw)
	for _, word := range []string{"undefined", "null", "None", "{}"} {
		add([]byte(word), "body_missing", "The body is "+word+": what the app signs does not hold it.", fixRaw)
	}
	add(bytesLiteral(c.Body), "body_bytes_literal", "The body is written as Python writes bytes in a text: b'…'.",
		"Join bytes to bytes: timestamp.encode() + b\".\" + request.get_data().")
	add([]byte(quoted(c.Body)), "body_string", "The body is written as one JSON string, in quotation marks.", fixRaw)
	add(latin1(c.Body), "body_latin1", "The body is read as Latin-1 and not as UTF-8.", fixRaw)
}

// quoted is a text as one JSON string.
func quoted(body []byte) string {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	_ = e.Encode(string(body)) // a string always encodes
	return string(bytes.TrimSuffix(b.Bytes(), []byte("\n")))
}

// bytesLiteral is how Python shows bytes.
func bytesLiteral(body []byte) []byte {
	var b bytes.Buffer
	b.WriteString("b'")
	for _, c := range body {
		switch {
		case c == '\\' || c == '\'':
			b.Write([]byte{'\\', c})
		case c < ' ' || c > '~':
			fmt.Fprintf(&b, `\x%02x`, c)
		default:
			b.WriteByte(c)
		}
	}
	b.WriteByte('\'')
	return b.Bytes()
}

// latin1 is what becomes of bytes that are read as Latin-1 and written as
// UTF-8.
func latin1(body []byte) []byte {
	var b bytes.Buffer
	for _, c := range body {
		b.WriteRune(rune(c))
	}
	return b.Bytes()
}

// difference says where two bodies begin to differ.
func difference(sent, own []byte) string {
	n := 0
	for n < len(sent) && n < len(own) && sent[n] == own[n] {
		n++
	}
	where := "They differ from byte " + strconv.Itoa(n+1) + " on: " + excerpt(sent, n) + " was sent, and " + excerpt(own, n) + " was signed."
	switch {
	case n == len(sent):
		where = "It goes on after the " + strconv.Itoa(n) + " bytes that were sent, with " + excerpt(own, n) + "."
	case n == len(own):
		where = "It ends after " + strconv.Itoa(n) + " of " + strconv.Itoa(len(sent)) + " bytes."
	}
	return where
}

// excerpt is a little of a text from a byte on, so that spaces can be seen.
func excerpt(text []byte, from int) string {
	end := min(len(text), from+16)
	quoted := strconv.Quote(string(text[from:end]))
	if end < len(text) {
		quoted += "…"
	}
	return quoted
}
