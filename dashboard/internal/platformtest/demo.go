package platformtest

import (
	"fmt"
	"net/http"
	"time"

	"github.com/selorax/sandbox/platform/api"
)

func demoApps(publicURL string) []api.App {
	text := func(s string) *string { return &s }
	return []api.App{
		{
			AppID: 1, AppType: "platform", Name: "Restock", Slug: "restock", Icon: publicURL + "/media/apps/restock.svg",
			ShortDescription: "Know what to reorder before it runs out", DeveloperName: "SeloraX Labs", Category: "Inventory", PricingType: "free", ReviewStatus: api.ReviewApproved, IsListed: true, IsActive: true, CommissionRate: 0.2, FeePayer: api.FeePayerDeveloper,
			Description: "Restock watches your orders and stock levels and tells you what to reorder, how much, and when.\n\nIt updates itself with every order.",
			AppURL:      "http://restock.localhost:1/app", RedirectURLs: []string{"http://restock.localhost:1/oauth/callback"},
			WebhookReceiveURL: text("http://restock.localhost:5010/webhooks/receive"), ClientID: "sx_app_restock",
			WebhookTopics:   []string{api.TopicOrderCreated, api.TopicOrderUpdated, api.TopicOrderStatusChanged, api.TopicOrderCancelled, api.TopicAppUninstalled},
			RequestedScopes: api.ScopeSet{api.ReadOrders, api.ReadProducts, api.ReadInventory, api.ReadStore, api.Billing},
		},
		{
			AppID: 2, AppType: "platform", Name: "My App", Slug: "my-app", Icon: publicURL + "/media/apps/my-app.svg",
			ShortDescription: "The place for the app you are building", DeveloperName: "You", Category: "Tools", PricingType: "free", ReviewStatus: api.ReviewApproved, IsListed: true, IsActive: true, CommissionRate: 0.2, FeePayer: api.FeePayerDeveloper,
			Description: "Start your own app on port 3000 and install this one.", AppURL: "http://localhost:3000",
			RedirectURLs: []string{"http://localhost:3000/oauth/callback"}, WebhookReceiveURL: text("http://localhost:3000/webhooks/receive"), ClientID: "sx_app_mine",
			WebhookTopics: []string{api.TopicOrderCreated, api.TopicOrderStatusChanged}, RequestedScopes: api.ScopeSet{api.ReadOrders, api.WriteOrders, api.ReadCustomers, api.ReadStore},
		},
	}
}

func demoProducts() (list []api.ProductDetail) {
	names := []string{"Premium Rose Bouquet", "Sunflower Bunch", "Tuberose Garland", "White Lily Arrangement", "Orchid in a Pot", "Jasmine Gajra", "Marigold String", "Anniversary Box with Chocolates and Thirty Red Roses"}
	for n := range 40 {
		store := []int64{22, 22, 23, 24}[n%4]
		id, picture := int64(150+n), fmt.Sprintf("/media/products/%d.svg", n%8)
		d := api.ProductDetail{Product: api.Product{
			ProductID: id, StoreID: store, Name: names[n%len(names)], Slug: fmt.Sprintf("product-%d", id), IsActive: n%9 != 4, IsVisible: n%7 != 3,
			CreatedAt: api.Time{Time: today.AddDate(0, -2, -n)}, UpdatedAt: api.Time{Time: today.AddDate(0, 0, -n)},
		}}
		for v := range 1 + n%3 {
			d.Variants = append(d.Variants, api.Variant{
				SKUID: id*10 + int64(v), ProductID: id, VariantName: []string{"Small", "Medium", "Large"}[v], SKUCode: fmt.Sprintf("FL-%d-%d", id, v),
				Price: api.Money(45000 + 30000*v + 1250*n), Available: true, Quantity: int64((n*7 + v*11) % 23), IsDefault: v == 0, Images: &picture, Position: v,
			})
		}
		list = append(list, d)
	}
	return list
}

func demoOrders(products []api.ProductDetail, publicURL string) (list []api.OrderDetail) {
	people := [][2]string{
		{"Nusrat Jahan", "01711000001"}, {"Md. Rakibul Islam", "01819000002"}, {"Ayesha Siddiqua", "01911000003"}, {"Imran Hossain", "01611000004"},
		{"ফারহানা আক্তার", "01511000005"}, {"Shahriar Kabir Chowdhury", "01711000006"}, {"Mim Akter", "01811000007"},
	}
	course := []string{
		api.OrderPending, api.OrderPending, api.OrderConfirmed, api.OrderProcessing, api.OrderShipped, api.OrderDelivered, api.OrderDelivered,
		api.OrderCompleted, api.OrderCompleted, api.OrderCompleted, api.OrderHold, api.OrderCancelled, api.OrderRefunded,
	}
	for n := range 130 {
		store, person := []int64{22, 22, 22, 23, 24}[n%5], people[n%len(people)]
		at := api.Time{Time: today.Add(-time.Duration(n) * 161 * time.Minute)}
		o := api.OrderDetail{Order: api.Order{
			OrderID: int64(1200 - n), StoreID: store, UserID: store*1000 + int64(300+n%7), OrderNumber: fmt.Sprintf("SX-%d", 1200-n), CustomerName: person[0], CustomerPhone: person[1],
			OrderStatus: course[(n*5)%len(course)], FinancialStatus: []string{"unpaid", "paid"}[n%2], FulfillmentStatus: "unfulfilled", Shipping: 6000,
			PaymentMethod: []string{"cod", "bkash"}[n%2], CreatedAt: at, UpdatedAt: at,
		}}
		fill(&o, products, publicURL, n)
		list = append(list, o)
	}
	return list
}

func fill(o *api.OrderDetail, products []api.ProductDetail, publicURL string, n int) {
	for k := range 1 + n%3 {
		d := products[(n+k*4)%len(products)]
		v := d.Variants[0]
		item := api.OrderItem{
			OrderItemID: int64(n*10 + k), ProductID: d.ProductID, SKUID: v.SKUID, Name: d.Name, VariantName: v.VariantName, SKUCode: v.SKUCode,
			Quantity: int64(1 + k), UnitPrice: v.Price, Total: v.Price * api.Money(1+k), Image: publicURL + *v.Images,
		}
		o.Items, o.SubTotal = append(o.Items, item), o.SubTotal+item.Total
	}
	if n%4 == 0 {
		o.Discount, o.Note = 10000, "Please deliver before 5 pm and call first."
	}
	o.GrandTotal = o.SubTotal + o.Shipping - o.Discount
	o.NextStatuses = moves[o.OrderStatus]
	o.Addresses = []api.OrderAddress{{Type: "shipping", Name: o.CustomerName, Phone: o.CustomerPhone, Address: "House 12, Road 7, Dhanmondi", City: "Dhaka"}}
	o.Timeline = []api.TimelineEntry{{Kind: "created", Message: "Order placed", Actor: "Store", CreatedAt: o.CreatedAt}}
	if n%2 == 1 {
		o.Payments = []api.OrderPayment{{PaymentID: int64(n), Method: "bkash", Amount: o.GrandTotal, Status: "paid", CreatedAt: o.CreatedAt}}
	}
}

// picture draws something for every product and app.
func picture(w http.ResponseWriter, r *http.Request) {
	hue := 0
	for _, c := range r.PathValue("file") {
		hue = (hue*7 + int(c)*37) % 360
	}
	w.Header().Set("Content-Type", "image/svg+xml")
	fmt.Fprintf(w, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 40"><rect width="40" height="40" fill="hsl(%d 60%% 90%%)"/><circle cx="20" cy="18" r="9" fill="hsl(%d 60%% 55%%)"/><path d="M20 27v9" stroke="hsl(%d 40%% 40%%)" stroke-width="3"/></svg>`, hue, hue, hue)
}
