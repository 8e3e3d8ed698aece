package web

import (
	"fmt"
	"strings"
)

func suggestion(name string, known []string) string {
	if near := Nearest(name, known); near != "" {
		return fmt.Sprintf("; did you mean %s?", near)
	}
	return ""
}

// Nearest returns the candidate closest to name, or "" when none is close.
func Nearest(name string, candidates []string) (best string) {
	name = strings.ToLower(name)
	limit := max(1, len(name)/3)
	for _, c := range candidates {
		if abs(len(c)-len(name)) > limit {
			continue // also keeps a very long name from costing anything
		}
		if d := distance(name, strings.ToLower(c)); d <= limit {
			best, limit = c, d-1
		}
	}
	return best
}

func abs(n int) int { return max(n, -n) }

// distance is the Levenshtein distance in bytes.
func distance(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			cost := diagonal
			if a[i] != b[j] {
				cost++
			}
			diagonal = row[j+1]
			row[j+1] = min(cost, row[j]+1, row[j+1]+1)
		}
	}
	return row[len(b)]
}
