package control

import (
	"fmt"
	"net/http"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/db"
	"github.com/selorax/sandbox/platform/internal/problem"
	"github.com/selorax/sandbox/platform/internal/web"
)

// maxSeed bounds how many records of a kind one call adds.
const maxSeed = 1000

func (s *Service) seedRoutes(r *web.Router) {
	r.ForControl(http.MethodPost, "/_sandbox/seed", s.serveSeed)
}

// serveSeed adds believable records to a store as a merchant would, each with
// its event: all that were asked for, or none.
func (s *Service) serveSeed(w http.ResponseWriter, r *http.Request) error {
	in, err := web.Decode[api.SandboxSeed](w, r)
	if err != nil {
		return err
	}
	if err := checkSeed(in); err != nil {
		return err
	}
	var out api.SandboxSeeded
	err = s.DB.Write(r.Context(), func(tx *db.Tx) (err error) {
		out, err = s.seed(tx, in)
		return err
	})
	if err != nil {
		return err
	}
	return web.Created(w, fmt.Sprintf("Store %d has %d products, %d customers and %d orders more.",
		out.StoreID, len(out.Products), len(out.Customers), len(out.Orders)), out)
}

func checkSeed(in api.SandboxSeed) error {
	var bad []api.FieldError
	for _, c := range []struct {
		field string
		n     int
	}{{"orders", in.Orders}, {"customers", in.Customers}, {"products", in.Products}} {
		if c.n < 0 || c.n > maxSeed {
			bad = append(bad, api.FieldError{Field: c.field, Message: fmt.Sprintf("must be from 0 to %d", maxSeed)})
		}
	}
	if bad == nil && in.Orders+in.Customers+in.Products == 0 {
		bad = append(bad, api.FieldError{Field: "orders", Message: "is missing: say how many orders, customers or products to add"})
	}
	if bad != nil {
		return problem.Validation(bad...)
	}
	return nil
}

// seed adds products and customers first, so that orders can be of them.
func (s *Service) seed(tx *db.Tx, in api.SandboxSeed) (out api.SandboxSeeded, err error) {
	store, err := s.of(tx, in.StoreID)
	if err != nil {
		return out, err
	}
	g, err := store.grow()
	if err != nil {
		return out, err
	}
	out = api.SandboxSeeded{StoreID: g.storeID, Products: []int64{}, Customers: []int64{}, Orders: []int64{}}
	for range in.Products {
		p, err := g.product()
		if err != nil {
			return out, err
		}
		out.Products = append(out.Products, p.ProductID)
	}
	for range in.Customers {
		c, err := g.customer()
		if err != nil {
			return out, err
		}
		out.Customers = append(out.Customers, c.UserID)
	}
	for range in.Orders {
		if err := g.restock(); err != nil {
			return out, err
		}
		o, err := g.order()
		if err != nil {
			return out, err
		}
		out.Orders = append(out.Orders, o.OrderID)
	}
	return out, nil
}
