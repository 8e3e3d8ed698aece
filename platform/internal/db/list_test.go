package db_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/selorax/sandbox/platform/internal/db"
	"github.com/selorax/sandbox/platform/internal/db/dbtest"
)

func TestWhereNumbersItsArguments(t *testing.T) {
	t.Parallel()
	var w db.Where
	w.And("store_id = ?", 22)
	w.And("price BETWEEN ? AND ?", 1, 9)
	w.AndContains(`50%_\`, "name", "code")
	where, args := w.SQL()
	want := `store_id = $1 AND price BETWEEN $2 AND $3 AND (name LIKE $4 ESCAPE '\' OR code LIKE $5 ESCAPE '\')`
	if diff := cmp.Diff(want, where); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]any{22, 1, 9, `%50\%\_\\%`, `%50\%\_\\%`}, args); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestPagesNeverOverlap(t *testing.T) {
	t.Parallel()
	d := dbtest.New(t)
	dbtest.Exec(t, d, `CREATE TABLE fruit (id INTEGER PRIMARY KEY, name TEXT NOT NULL, weight INTEGER NOT NULL)`)
	dbtest.Exec(t, d, `INSERT INTO fruit (id, name, weight) VALUES (1, 'fig', 5), (2, '100%', 5), (3, 'pear', 9), (4, 'kiwi', 5)`)
	page := func(w *db.Where, p db.Page) (ids []int64) {
		p.Columns, p.From, p.Sort, p.ID = "id", "fruit", "weight", "id"
		err := d.Read(t.Context(), func(tx *db.Tx) (err error) {
			ids, err = db.Rows(tx, db.Value[int64], w, p)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		return ids
	}
	all, percent := &db.Where{}, &db.Where{}
	percent.AndContains("%", "name")
	for name, c := range map[string]struct {
		w    *db.Where
		p    db.Page
		want []int64
	}{
		"first":      {all, db.Page{Desc: true, Limit: 2}, []int64{3, 4}},
		"second":     {all, db.Page{Desc: true, Limit: 2, Offset: 2}, []int64{2, 1}},
		"ascending":  {all, db.Page{Limit: 9}, []int64{1, 2, 4, 3}},
		"a wildcard": {percent, db.Page{Limit: 9}, []int64{2}},
		"beyond":     {all, db.Page{Limit: 2, Offset: 8}, []int64{}},
	} {
		if diff := cmp.Diff(c.want, page(c.w, c.p)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
	err := d.Read(t.Context(), func(tx *db.Tx) error {
		n, err := percent.Count(tx, "fruit")
		if n != 1 {
			t.Errorf("%d fruits have a percent sign, want one", n)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}
