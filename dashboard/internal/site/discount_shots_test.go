package site_test

// discountShots are the discounts of store 22, and those of a store without.
var discountShots = []shot{
	{"discounts", "/22/discounts", ""}, {"discounts-empty", "/24/discounts", ""}, {"discounts-none", "/22/discounts?search=nothing", ""},
	{"discount", "/22/discounts/5", ""}, {"discount-new", "/22/discounts/new", ""},
	{"discount-refused", "/22/discounts/new", "discount-refused"},
	{"discount-delete", "/22/discounts/5", "document.querySelector('[data-testid=discount-delete]').click()"},
}
