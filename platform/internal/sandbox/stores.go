package sandbox

import (
	"time"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/db"
	"github.com/selorax/sandbox/platform/internal/merchant"
	"github.com/selorax/sandbox/platform/internal/sandbox/demo"
	"github.com/selorax/sandbox/platform/internal/store"
)

// shop is what package demo does not say about a store.
type shop struct {
	email, phone, address, language string
	staff                           string // who handles its orders
	openedDaysAgo                   int
	customers, orders               int
}

// shops by store. The numbers say how much of the seed is each one's.
var shops = map[int64]shop{
	demo.FloristBD: {"hello@floristbd.example", "01700000000", "House 12, Road 5, Dhanmondi, Dhaka", "en",
		"Farhana Rahman", 540, 28, 130},
	demo.DhakaGadgetHouse: {"sales@dhakagadgethouse.example", "01811223344", "Level 4, Multiplan Center, New Elephant Road, Dhaka", "en",
		"Farhana Rahman", 420, 20, 70},
	demo.NakshiCrafts: {"salam@nakshicrafts.example", "01955667788", "14 Shilpacharya Zainul Road, Mymensingh", "bn",
		"Shirin Akter", 300, 12, 40},
}

func seedStores(tx *db.Tx, c calendar) error {
	for _, known := range demo.Stores() {
		if !c.fills(known.StoreID) {
			continue
		}
		s := shops[known.StoreID]
		err := store.Insert(tx, api.Store{
			StoreID: known.StoreID, Name: known.Name, Domain: known.Domain, Email: s.email, Phone: s.phone, Address: &s.address,
			Currency: "BDT", Language: s.language, CreatedAt: stamp(c.ago(s.openedDaysAgo, 10*time.Hour)), UpdatedAt: stamp(c.ago(31, 12*time.Hour)),
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// names of the demo logins, in their order.
var names = []string{"Farhana Rahman", "Shirin Akter", "Demo Developer"}

// seedAccounts adds the demo logins, all with one password, and returns the
// developer's account.
func seedAccounts(tx *db.Tx, passwordHash string) (developer int64, err error) {
	for n, login := range demo.Logins() {
		developer, err = merchant.Insert(tx, merchant.New{
			Name: names[n], Email: login.Email, PasswordHash: passwordHash, Roles: login.Roles, StoreIDs: login.StoreIDs,
		})
		if err != nil {
			return 0, err
		}
	}
	return developer, nil // the last of the logins
}
