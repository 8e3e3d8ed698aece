package catalog

import (
	"net/http"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/db"
	"github.com/selorax/sandbox/platform/internal/web"
)

func (s *Service) serveCategories(w http.ResponseWriter, r *http.Request) error {
	q := web.QueryOf(r)
	search, sort, page := fold(q.Text("search")), q.Sort("created_at", "updated_at", "name"), q.Page()
	if err := q.Err(); err != nil {
		return err
	}
	var where db.Where
	where.And("store_id = ?", web.CallerOf(r).StoreID)
	if search != "" {
		where.AndContains(search, "name_folded")
	}
	var categories []api.Category
	var total int
	err := s.DB.Read(r.Context(), func(tx *db.Tx) (err error) {
		if total, err = where.Count(tx, "category"); err != nil {
			return err
		}
		categories, err = db.Rows(tx, scanCategory, &where, db.Page{
			Columns: categoryColumns, From: "category", Sort: sortColumns[sort.Column], ID: "id", Desc: sort.Desc,
			Limit: page.Limit, Offset: page.Offset(),
		})
		return err
	})
	if err != nil {
		return err
	}
	return web.List(w, "Categories fetched.", categories, page, total)
}

func (s *Service) serveCategory(w http.ResponseWriter, r *http.Request) error {
	return read(s, w, r, "category_id", "Category fetched.", getCategory)
}

func (s *Service) serveCreateCategory(w http.ResponseWriter, r *http.Request) error {
	in, err := web.Decode[api.CategoryInput](w, r)
	if err != nil {
		return err
	}
	return s.Writes.Created(w, r, in, "Category created.", func(tx *db.Tx) (any, error) {
		return s.createCategory(tx, web.CallerOf(r).StoreID, in)
	})
}

func (s *Service) serveUpdateCategory(w http.ResponseWriter, r *http.Request) error {
	return change(s, w, r, "category_id", "Category updated.", s.updateCategory)
}

func (s *Service) serveRemoveCategory(w http.ResponseWriter, r *http.Request) error {
	return remove(s, w, r, "category_id", "Category deleted.", s.removeCategory)
}
