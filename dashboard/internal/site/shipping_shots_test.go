package site_test

// shippingShots are the zones of store 22, and those of a store without.
var shippingShots = []shot{
	{"shipping", shippingPage, ""}, {"shipping-empty", "/23/settings/shipping", ""},
	{"zone", shippingPage + "/zones/1", ""}, {"shipping-refused", shippingPage + "/zones/new", "shipping-refused"},
	{"zone-delete", shippingPage + "/zones/3", "document.querySelector('[data-testid=zone-delete]').click()"},
	{"zone-delete-methods", shippingPage + "/zones/1", "document.querySelector('[data-testid=zone-delete]').click()"},
	{"method", shippingPage + "/methods/1", ""}, {"method-new", shippingPage + "/methods/new", ""},
	{"method-delete", shippingPage + "/methods/1", "document.querySelector('[data-testid=method-delete]').click()"},
}
