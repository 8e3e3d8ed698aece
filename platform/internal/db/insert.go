package db

import (
	"strconv"
	"strings"
)

// Values returns what follows INSERT INTO and the table's name, with its
// arguments. An id of 0 is left to the database, which counts; any other is the
// row's.
func Values(id int64, columns string, args ...any) (string, []any) {
	if id != 0 {
		columns, args = columns+", id", append(args, id)
	}
	numbers := make([]string, len(args))
	for n := range args {
		numbers[n] = "$" + strconv.Itoa(n+1)
	}
	return "(" + columns + ") VALUES (" + strings.Join(numbers, ", ") + ")", args
}
