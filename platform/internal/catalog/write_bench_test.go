package catalog

import (
	"fmt"
	"testing"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/db"
	"github.com/selorax/sandbox/platform/internal/store/storetest"
)

func BenchmarkCreate(b *testing.B) {
	s := newBench(b)
	in := api.NewProduct{
		ProductUpdate: api.ProductUpdate{Name: api.To("Rose")},
		Variants:      []api.VariantUpdate{{Price: api.To(api.Money(85000))}},
	}
	for n := 0; b.Loop(); n++ {
		in.Slug = api.To(fmt.Sprintf("rose-%d", n))
		storetest.Write(b, s.DB, func(tx *db.Tx) error {
			_, err := s.Create(tx, storetest.Florist, in)
			return err
		})
	}
}

func BenchmarkList(b *testing.B) {
	s := newBench(b)
	for id := range int64(500) {
		s.add(id+1, fmt.Sprintf("Rose %d", id), nil, 850, 1500)
	}
	for b.Loop() {
		s.Get(storetest.Merchant, "/api/stores/22/products?limit=250&sort=name:asc")
	}
}
