package sandbox

import (
	"fmt"
	"strings"
	"time"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/customer"
	"github.com/selorax/sandbox/platform/internal/db"
	"github.com/selorax/sandbox/platform/internal/sandbox/demo"
)

// firstCustomer is the customer of the platform's own examples.
const firstCustomer = 301

var (
	firstNames = []string{
		"Abdullah", "Afsana", "Anika", "Arif", "Ayesha", "Farzana", "Fatima", "Habib", "Imran", "Jahid", "Kamal", "Khadija",
		"Lamia", "Mahmud", "Maliha", "Mehedi", "Mitu", "Nasrin", "Nayeem", "Nusrat", "Omar", "Priya", "Rafiq", "Rakib", "Rumana",
		"Sabbir", "Sadia", "Sajid", "Shamima", "Sumaiya", "Tahmina", "Tanvir", "Tasnim", "Zahid",
	}
	lastNames = []string{
		"Ahmed", "Akter", "Alam", "Begum", "Bhuiyan", "Chowdhury", "Das", "Haque", "Hasan", "Hossain", "Islam", "Kabir", "Karim",
		"Khan", "Khatun", "Mia", "Rahman", "Roy", "Sarkar", "Siddique", "Sultana", "Talukder", "Uddin",
	}
	operators = []string{"013", "014", "015", "016", "017", "018", "019"}
)

// towns with their quarters: most customers live in Dhaka.
var towns = []weighted[town]{
	{58, town{"Dhaka", []string{"Dhanmondi", "Gulshan 2", "Banani", "Mirpur 10", "Uttara Sector 7", "Mohammadpur", "Bashundhara R/A", "Wari", "Khilgaon"}}},
	{18, town{"Chattogram", []string{"Agrabad", "Nasirabad", "Halishahar", "Khulshi"}}},
	{7, town{"Sylhet", []string{"Zindabazar", "Amberkhana", "Uposhohor"}}},
	{5, town{"Khulna", []string{"Sonadanga", "Boyra"}}},
	{5, town{"Rajshahi", []string{"Shaheb Bazar", "Kazla"}}},
	{4, town{"Cumilla", []string{"Kandirpar", "Race Course"}}},
	{3, town{"Barishal", []string{"Nathullabad", "Rupatali"}}},
}

type town struct {
	city     string
	quarters []string
}

// seedCustomers adds the customers and returns them by store.
func seedCustomers(tx *db.Tx, c calendar) (map[int64][]api.Customer, error) {
	d := newDice(2)
	taken := map[string]bool{}
	byStore := map[int64][]api.Customer{}
	id := int64(firstCustomer)
	for _, s := range demo.Stores() {
		for range shops[s.StoreID].customers {
			who := newCustomer(d, c, taken)
			who.UserID, who.StoreID = id, s.StoreID
			if id == firstCustomer {
				number := "01712345678"
				who.Name, who.Phone = "Rahim Ahmed", &number
				who.AddressJSON = &api.CustomerAddress{Address: "123 Main St, Dhanmondi", City: "Dhaka"}
				who.Email = emailOf(who.Name, id)
			} else if d.chance(60) {
				who.Email = emailOf(who.Name, id)
			}
			if c.fills(s.StoreID) {
				if err := customer.Insert(tx, who); err != nil {
					return nil, err
				}
			}
			byStore[s.StoreID] = append(byStore[s.StoreID], who)
			id++
		}
	}
	return byStore, nil
}

func newCustomer(d dice, c calendar, taken map[string]bool) api.Customer {
	home := draw(d, towns)
	joined := stamp(c.ago(40+d.IntN(200), d.between(8*time.Hour, 23*time.Hour)))
	name := unused(taken, func() string { return pick(d, firstNames) + " " + pick(d, lastNames) })
	number := unused(taken, func() string { return fmt.Sprintf("%s%08d", pick(d, operators), d.IntN(100_000_000)) })
	address := fmt.Sprintf("House %d, Road %d, %s", 1+d.IntN(90), 1+d.IntN(27), pick(d, home.quarters))
	return api.Customer{
		Name: name, Phone: &number, AddressJSON: &api.CustomerAddress{Address: address, City: home.city},
		CreatedAt: joined, UpdatedAt: joined,
	}
}

// unused makes values until one is new.
func unused(taken map[string]bool, make func() string) string {
	for {
		if v := make(); !taken[v] {
			taken[v] = true
			return v
		}
	}
}

func emailOf(name string, id int64) *string {
	email := fmt.Sprintf("%s%d@mail.example", strings.ToLower(strings.ReplaceAll(name, " ", ".")), id)
	return &email
}
