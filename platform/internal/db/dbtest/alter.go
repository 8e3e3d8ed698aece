package dbtest

import "database/sql"

// Alter changes an SQLite file that nobody has open.
func Alter(path, query string) error {
	d, err := sql.Open("sqlite3", "file:"+path)
	if err != nil {
		return err
	}
	defer d.Close()
	_, err = d.Exec(query)
	return err
}
