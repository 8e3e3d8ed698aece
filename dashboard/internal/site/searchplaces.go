package site

// place is a page of the dashboard that a search finds.
type place struct {
	name, path, icon string
	words            string // what else people call it
}

// places are those of every store.
var places = []place{
	{"Home", "", "home", "overview dashboard sales figures"},
	{"Orders", "/orders", "orders", "sales purchases"},
	{"Products", "/products", "products", "catalogue catalog stock inventory items"},
	{"Customers", "/customers", "user", "people buyers guests"},
	{"Discounts", "/discounts", "percent", "coupons codes promotions sale"},
	{"Create a discount", "/discounts/new", "percent", "coupons codes new"},
	{"Marketplace", "/apps/marketplace", "apps", "apps install store"},
	{"Installed apps", "/settings/apps", "settings", "settings uninstall"},
	{"Custom apps", "/settings/apps/custom", "settings", "settings tokens api keys"},
	{"Billing", "/settings/billing", "cash", "settings charges payments invoices wallets subscriptions"},
	{"Webhooks", "/settings/webhooks", "send", "settings deliveries notifications"},
	{"Privacy", "/settings/privacy", "shield", "settings gdpr erase data requests"},
	{"Shipping", "/settings/shipping", "truck", "settings zones methods delivery cities courier"},
	{"Create a shipping zone", "/settings/shipping/zones/new", "truck", "cities delivery new"},
	{"Store settings", "/settings/store", "store", "settings name address email phone domain language"},
}

// developerPlaces are those that developers have besides.
var developerPlaces = []place{
	{"Your apps", "/developer/apps", "apps", "developer create credentials secrets review"},
	{"Tour", "/developer/tour", "pin", "developer guide start steps tutorial"},
	{"Inspector", "/developer/inspector", "eye", "developer requests calls deliveries bridge log"},
	{"Messages", "/developer/messages", "send", "developer sms email inbox"},
	{"Faults", "/developer/faults", "plug", "developer errors failures slow"},
	{"Earnings", "/developer/earnings", "cash", "developer revenue payouts statement"},
	{"Extensions", "/developer/extensions", "apps", "developer versions rollback"},
	{"Components", "/developer/components", "box", "developer gallery extensions ui"},
}

// searchPlaces finds pages of the dashboard by their names and by other words
// for them.
func (v *visit) searchPlaces(text string) searchGroup {
	group := searchGroup{Key: "pages", Name: "Pages"}
	all := places
	if v.isDeveloper() {
		all = append(all[:len(all):len(all)], developerPlaces...)
	}
	for _, p := range all {
		if contains(text, p.name, p.words) {
			group.Hits = append(group.Hits, searchHit{Title: p.name, Icon: p.icon, URL: v.path(p.path)})
		}
	}
	if contains(text, "Guides", "documentation help docs manual") {
		group.Hits = append(group.Hits, searchHit{Title: "Guides", Icon: "note", URL: "/docs"})
	}
	return group
}
