package db

import (
	"fmt"
	"strconv"
	"strings"
)

// Where collects the conditions of a query. The zero Where matches everything.
type Where struct {
	conditions []string
	args       []any
}

// And adds a condition, with one ? for each of its arguments: those of a Where
// are numbered through.
func (w *Where) And(condition string, args ...any) {
	var b strings.Builder
	next := 0
	for _, c := range condition {
		if c != '?' {
			b.WriteRune(c)
			continue
		}
		w.args = append(w.args, args[next])
		next++
		b.WriteString("$" + strconv.Itoa(len(w.args)))
	}
	w.conditions = append(w.conditions, b.String())
}

// AndContains adds that one of the columns, which hold lower case, contains a
// text in lower case. Its wildcards have no meaning.
func (w *Where) AndContains(text string, columns ...string) {
	parts, args := make([]string, len(columns)), make([]any, len(columns))
	for n, column := range columns {
		parts[n], args[n] = column+` LIKE ? ESCAPE '\'`, Containing(text)
	}
	w.And("("+strings.Join(parts, " OR ")+")", args...)
}

// Containing is the pattern of LIKE … ESCAPE '\' for what contains a text.
func Containing(text string) string { return "%" + likeEscaper.Replace(text) + "%" }

// likeEscaper takes the meaning from the wildcards of LIKE.
var likeEscaper = strings.NewReplacer(`\`, `\\`, `%`, `\%`, `_`, `\_`)

// SQL returns the conditions joined by AND, and their arguments.
func (w *Where) SQL() (string, []any) {
	if len(w.conditions) == 0 {
		return "TRUE", nil
	}
	return strings.Join(w.conditions, " AND "), w.args
}

// Count returns how many rows of a table match.
func (w *Where) Count(tx *Tx, table string) (int, error) {
	where, args := w.SQL()
	return One(tx, Value[int], `SELECT COUNT(*) FROM `+table+` WHERE `+where, args...)
}

// Page is one page of a list. Rows that are equal in Sort come in the order of
// ID, in the same direction, so that pages never overlap.
type Page struct {
	Columns string // what is selected
	From    string // a table, or tables joined
	Sort    string // column that rows are sorted by
	ID      string // column that tells rows apart
	Desc    bool
	Limit   int
	Offset  int
}

// Rows returns the rows of a page that match.
func Rows[T any](tx *Tx, scan func(Row) (T, error), w *Where, p Page) ([]T, error) {
	where, args := w.SQL()
	direction := "ASC"
	if p.Desc {
		direction = "DESC"
	}
	query := fmt.Sprintf(`SELECT %s FROM %s WHERE %s ORDER BY %s %s, %s %[5]s LIMIT $%[7]d OFFSET $%[8]d`,
		p.Columns, p.From, where, p.Sort, direction, p.ID, len(args)+1, len(args)+2)
	return All(tx, scan, query, append(append([]any{}, args...), p.Limit, p.Offset)...)
}
