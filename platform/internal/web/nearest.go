package web

import (
	"fmt"
	"strings"
)

// Suggestion is the end of a complaint about a name that is not known:
// "; did you mean order.created?", or "" when none is close.
func Suggestion(name string, known []string) string {
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
		lower := strings.ToLower(c)
		if abs(len(lower)-len(name)) > limit {
			continue // also keeps a very long name from costing anything
		}
		if d := distance(name, lower); d <= limit {
			best, limit = c, d-1
		}
	}
	return best
}

func abs(n int) int { return max(n, -n) }

// distance counts, in bytes, the insertions, deletions, changes and swaps of
// neighbours that make b of a.
func distance(a, b string) int {
	var before []int // the row before the last
	last := make([]int, len(b)+1)
	for j := range last {
		last[j] = j
	}
	for i := range len(a) {
		row := make([]int, len(b)+1)
		row[0] = i + 1
		for j := range len(b) {
			change := last[j]
			if a[i] != b[j] {
				change++
			}
			row[j+1] = min(change, last[j+1]+1, row[j]+1)
			if i > 0 && j > 0 && a[i] == b[j-1] && a[i-1] == b[j] {
				row[j+1] = min(row[j+1], before[j-1]+1)
			}
		}
		before, last = last, row
	}
	return last[len(b)]
}
