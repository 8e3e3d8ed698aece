package control

import (
	"errors"
	"strconv"
	"strings"
	"time"
)

var errDuration = errors.New(`is no duration: write it as "90d", "36h" or "1d12h30m"`)

// parseDuration reads a duration of Go's form with days: d, h, m, s and ms. It
// is never negative.
func parseDuration(text string) (time.Duration, error) {
	days, rest, hasDays := strings.Cut(text, "d")
	if !hasDays {
		days, rest = "0", text
	}
	n, err := strconv.ParseUint(days, 10, 16)
	if err != nil {
		return 0, errDuration
	}
	total := time.Duration(n) * 24 * time.Hour
	if rest == "" && hasDays {
		return total, nil
	}
	part, err := time.ParseDuration(rest)
	if err != nil || part < 0 || strings.ContainsAny(rest, "+-") || part > maxAdvance {
		return 0, errDuration
	}
	return total + part, nil
}
