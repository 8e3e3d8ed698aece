package demo

import "github.com/selorax/sandbox/platform/api"

// Password is the password of every demo login.
const Password = "selorax-demo"

// The demo stores. 22 is the store of the platform's own examples.
const (
	FloristBD        int64 = 22
	DhakaGadgetHouse int64 = 23
	NakshiCrafts     int64 = 24
)

// Slugs of the demo apps.
const (
	Restock = "restock" // the sample app
	MyApp   = "my-app"  // the place for a developer's own app
)

// MyAppURL is where the developer's own app is expected, and the base of all
// of its registered URLs.
const MyAppURL = "http://localhost:3000"

// Store is a demo store.
type Store struct {
	StoreID int64
	Name    string
	Domain  string
}

// Stores lists the demo stores in the order of their ids.
func Stores() []Store {
	return []Store{
		{StoreID: FloristBD, Name: "FloristBD", Domain: "floristbd.com"},
		{StoreID: DhakaGadgetHouse, Name: "Dhaka Gadget House", Domain: "dhakagadgethouse.com"},
		{StoreID: NakshiCrafts, Name: "Nakshi Crafts", Domain: "nakshicrafts.com"},
	}
}

// Login is a demo user of the dashboard.
type Login struct {
	Email    string
	StoreIDs []int64
	Roles    []string
}

// Logins lists the demo users: one merchant with two stores, one with the
// third, and a developer who sees all of them.
func Logins() []Login {
	merchant := []string{api.RoleMerchant}
	return []Login{
		{Email: "merchant@floristbd.example", StoreIDs: []int64{FloristBD, DhakaGadgetHouse}, Roles: merchant},
		{Email: "merchant@nakshicrafts.example", StoreIDs: []int64{NakshiCrafts}, Roles: merchant},
		{Email: "developer@selorax.example", StoreIDs: []int64{FloristBD, DhakaGadgetHouse, NakshiCrafts},
			Roles: []string{api.RoleMerchant, api.RoleDeveloper}},
	}
}

// App is a demo app.
type App struct {
	AppID int64
	Slug  string
	Name  string
}

// Apps lists the demo apps in the order of their ids.
func Apps() []App {
	return []App{
		{AppID: 1, Slug: Restock, Name: "Restock"},
		{AppID: 2, Slug: MyApp, Name: "My App"},
	}
}
