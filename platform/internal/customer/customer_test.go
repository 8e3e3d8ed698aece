package customer

import (
	"testing"

	"github.com/selorax/sandbox/platform/internal/db"
	"github.com/selorax/sandbox/platform/internal/db/dbtest"
	"github.com/selorax/sandbox/platform/internal/store/storetest"
)

func TestPhoneAndEmailAreUniqueWithinAStore(t *testing.T) {
	t.Parallel()
	d := storetest.New(t)
	email, other := "rahim@mail.example", "other@mail.example"
	insert := func(c Customer) error {
		c.Name, c.City, c.CreatedAt, c.UpdatedAt = "Rahim Ahmed", "Dhaka", storetest.Now, storetest.Now
		return d.Write(t.Context(), func(tx *db.Tx) error { return Insert(tx, c) })
	}
	for _, c := range []struct {
		name string
		Customer
		duplicate bool
	}{
		{"the first", Customer{ID: 1, StoreID: storetest.Florist, Phone: "01712345678", Email: &email}, false},
		{"same phone", Customer{ID: 2, StoreID: storetest.Florist, Phone: "01712345678", Email: &other}, true},
		{"same email", Customer{ID: 2, StoreID: storetest.Florist, Phone: "01712345679", Email: &email}, true},
		{"no email", Customer{ID: 3, StoreID: storetest.Florist, Phone: "01712345670"}, false},
		{"no email either", Customer{ID: 4, StoreID: storetest.Florist, Phone: "01712345671"}, false},
		{"another store", Customer{ID: 5, StoreID: storetest.Crafts, Phone: "01712345678", Email: &email}, false},
		{"a guest", Customer{ID: 6, StoreID: storetest.Florist, Phone: "01712345678", Email: &email, IsGuest: true}, false},
		{"same id", Customer{ID: 1, StoreID: storetest.Florist, Phone: "01712345672"}, true},
	} {
		err := insert(c.Customer)
		if db.IsDuplicate(err) != c.duplicate || !c.duplicate && err != nil {
			t.Errorf("%s: %v", c.name, err)
		}
	}
	dbtest.Exec(t, d, `UPDATE customer SET deleted_ms = 1 WHERE id = 1`)
	if err := insert(Customer{ID: 7, StoreID: storetest.Florist, Phone: "01712345678", Email: &email}); err != nil {
		t.Errorf("after the first was deleted: %v", err)
	}
}
