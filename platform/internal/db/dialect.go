package db

import (
	"strings"
	"sync"
)

// rewritten caches numbered by query text; queries are constants, so it stays
// small.
var rewritten sync.Map

// numbered turns $n into ?n. SQLite takes $n for a name and binds names in
// the order they first appear, so "SET a=$2 WHERE id=$1" would silently swap
// its arguments. Literals, quoted names and comments are left alone.
func numbered(query string) string {
	if done, ok := rewritten.Load(query); ok {
		return done.(string)
	}
	var b strings.Builder
	for rest := query; rest != ""; {
		n := skip(rest)
		if n == 0 {
			n = 1
			if rest[0] == '$' && len(rest) > 1 && rest[1] >= '1' && rest[1] <= '9' {
				b.WriteByte('?')
				rest = rest[1:]
				continue
			}
		}
		b.WriteString(rest[:n])
		rest = rest[n:]
	}
	rewritten.Store(query, b.String())
	return b.String()
}

// skip returns the length of the literal, quoted name or comment at the start
// of s, or 0.
func skip(s string) int {
	end := func(from int, closing string) int {
		if i := strings.Index(s[from:], closing); i >= 0 {
			return from + i + len(closing)
		}
		return len(s)
	}
	switch {
	case s[0] == '\'':
		return end(1, "'")
	case s[0] == '"':
		return end(1, `"`)
	case strings.HasPrefix(s, "--"):
		return end(2, "\n")
	case strings.HasPrefix(s, "/*"):
		return end(2, "*/")
	}
	return 0
}
