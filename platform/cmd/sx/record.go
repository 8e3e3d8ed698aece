package main

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"
)

// record is a line of a program's log, in the text or the JSON form of slog.
type record struct {
	Time    time.Time
	Level   string
	Message string
	Fields  []recordField // in the order of the line; by name if it is JSON
}

type recordField struct{ Name, Value string }

// parseRecord reads a line. Lines that are no record, such as a panic, are
// reported as false.
func parseRecord(line string) (r record, ok bool) {
	fields, ok := textFields(line)
	if !ok {
		fields, ok = jsonFields(line)
	}
	if !ok {
		return record{}, false
	}
	at, err := time.Parse(time.RFC3339Nano, value(fields, "time"))
	if err != nil {
		return record{}, false
	}
	r = record{Time: at, Level: value(fields, "level"), Message: value(fields, "msg")}
	for _, f := range fields {
		if f.Name != "time" && f.Name != "level" && f.Name != "msg" {
			r.Fields = append(r.Fields, f)
		}
	}
	return r, r.Message != ""
}

// textFields reads name=value pairs, a value in quotes where it has to be.
func textFields(line string) (fields []recordField, ok bool) {
	for line != "" {
		name, rest, found := strings.Cut(line, "=")
		if !found || name == "" || strings.ContainsAny(name, ` "{`) {
			return nil, false
		}
		text, after, _ := strings.Cut(rest, " ")
		if quoted, err := strconv.QuotedPrefix(rest); err == nil && quoted[0] == '"' {
			if text, err = strconv.Unquote(quoted); err != nil {
				return nil, false
			}
			after = strings.TrimPrefix(rest[len(quoted):], " ")
		}
		fields = append(fields, recordField{name, text})
		line = after
	}
	return fields, len(fields) > 0
}

func jsonFields(line string) (fields []recordField, ok bool) {
	var object map[string]json.RawMessage
	if json.Unmarshal([]byte(line), &object) != nil {
		return nil, false
	}
	for _, name := range slices.Sorted(maps.Keys(object)) {
		text := string(object[name])
		var plain string
		if json.Unmarshal(object[name], &plain) == nil {
			text = plain
		}
		fields = append(fields, recordField{name, text})
	}
	return fields, true
}

// value is that of a field, or "".
func value(fields []recordField, name string) string {
	for _, f := range fields {
		if f.Name == name {
			return f.Value
		}
	}
	return ""
}

// short is a line as people read it: when, on their clock, and what.
func short(line string) (at, message string) {
	r, ok := parseRecord(line)
	if !ok {
		return "", printable(line)
	}
	return r.Time.Local().Format(time.TimeOnly), printable(r.short())
}

func (r record) short() string {
	of := func(name string) string { return value(r.Fields, name) }
	switch r.Message {
	case "http.request":
		return fmt.Sprintf("%s %s %s %sms", of("method"), of("path"), of("status"), of("ms"))
	case "webhook.attempt":
		answer := of("http_status")
		if answer == "0" {
			answer = "no answer"
		}
		text := fmt.Sprintf("webhook %s %s %s %sms attempt %s", of("topic"), of("outcome"), answer, of("ms"), of("number"))
		if problem := of("error"); problem != "" {
			text += ": " + problem
		}
		return text
	}
	words := []string{r.Message}
	if r.Level != "INFO" {
		words = []string{r.Level, r.Message}
	}
	for _, f := range r.Fields {
		if strings.Contains(f.Value, " ") || f.Value == "" {
			f.Value = strconv.Quote(f.Value)
		}
		words = append(words, f.Name+"="+f.Value)
	}
	return strings.Join(words, " ")
}
