package main

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/selorax/sandbox/platform/api"
)

// printJSON writes one JSON value and a line end.
func printJSON(w io.Writer, v any) error { return json.NewEncoder(w).Encode(v) }

// printTable writes rows under a heading, in aligned columns; numbers stand to
// the right.
func printTable(w io.Writer, heading []string, rows [][]string) error {
	width := make([]int, len(heading))
	number := make([]bool, len(heading))
	for i, title := range heading {
		width[i], number[i] = len(title), true
		for _, row := range rows {
			width[i] = max(width[i], utf8.RuneCountInString(row[i]))
			number[i] = number[i] && digits(row[i])
		}
	}
	var text strings.Builder
	for _, row := range append([][]string{heading}, rows...) {
		cells := make([]string, len(row))
		for i, cell := range row {
			if number[i] {
				cells[i] = fmt.Sprintf("%*s", width[i], cell)
			} else {
				cells[i] = fmt.Sprintf("%-*s", width[i], cell)
			}
		}
		text.WriteString(strings.TrimRight(strings.Join(cells, "  "), " ") + "\n")
	}
	_, err := io.WriteString(w, text.String())
	return err
}

func digits(s string) bool { return s != "" && strings.Trim(s, "0123456789") == "" }

// printFields writes the fields of one record, a line each.
func printFields(w io.Writer, fields [][2]string) error {
	width := 0
	for _, f := range fields {
		width = max(width, len(f[0]))
	}
	for _, f := range fields {
		if _, err := fmt.Fprintln(w, strings.TrimRight(fmt.Sprintf("%-*s  %s", width, f[0], f[1]), " ")); err != nil {
			return err
		}
	}
	return nil
}

// clockTime is an instant as people read it: UTC, to the second.
func clockTime(t api.Time) string { return t.UTC().Format(time.DateTime) }

// clockTimeOr is clockTime of an instant that may be missing.
func clockTimeOr(t *api.Time, missing string) string {
	if t == nil {
		return missing
	}
	return clockTime(*t)
}

// numberOr is a number that may be missing.
func numberOr[N int | int64](n *N, missing string) string {
	if n == nil {
		return missing
	}
	return fmt.Sprint(*n)
}

// count is a number with its noun: "1 order", "2 orders".
func count(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	if stem, found := strings.CutSuffix(noun, "y"); found {
		return fmt.Sprintf("%d %sies", n, stem)
	}
	return fmt.Sprintf("%d %ss", n, noun)
}
