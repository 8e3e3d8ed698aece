package platformtest

import (
	"encoding/json"
	"net/http"
	"slices"
	"strings"

	"github.com/selorax/sandbox/platform/api"
)

// demoDiscounts are one of each kind and state, of store 22.
func demoDiscounts() []api.Discount {
	at := api.Time{Time: today}
	ends, limit, once, from := api.Time{Time: today.AddDate(0, 2, 0)}, int64(100), int64(1), api.Money(500_00)
	list := []api.Discount{
		{DiscountID: 8, Code: "FREESHIP", FreeShippingOn: true, IsActive: true, MinimumOrderValue: &from},
		{DiscountID: 7, Code: "EID150", IsAmount: true, Amount: 150_00, IsActive: true, TotalUse: &limit, UsedCount: 100},
		{DiscountID: 6, Code: "WINTER10", Percentage: 10, UsedCount: 1240},
		{DiscountID: 5, Code: "SUMMER20", Percentage: 20, IsActive: true, TotalUse: &limit, UsePerUser: &once, UsedCount: 37, StartsAt: &at, EndsAt: &ends},
	}
	for n := range list {
		list[n].StoreID, list[n].CreatedAt, list[n].UpdatedAt = 22, at, at
	}
	return list
}

// discountRoutes are those of the discounts.
func (p *Platform) discountRoutes(mux *http.ServeMux) {
	const all, one = " /api/stores/{store_id}/discounts", " /api/stores/{store_id}/discounts/{id}"
	for pattern, route := range map[string]func(call) (any, error){
		"GET" + all: p.listDiscounts, "POST" + all: p.createDiscount,
		"GET" + one: p.getDiscount, "PUT" + one: p.updateDiscount, "DELETE" + one: p.deleteDiscount,
	} {
		mux.HandleFunc(pattern, p.forUser(route))
	}
}

func (p *Platform) listDiscounts(c call) (any, error) {
	q := c.URL.Query()
	list := []api.Discount{}
	for _, d := range p.discounts {
		if active := q.Get("is_active"); active != "" && (active == "1") != bool(d.IsActive) {
			continue
		}
		if d.StoreID == c.storeID && strings.Contains(d.Code, strings.ToUpper(q.Get("search"))) {
			list = append(list, d)
		}
	}
	return page(c, list)
}

func (p *Platform) findDiscount(c call) (int, error) {
	i := slices.IndexFunc(p.discounts, func(d api.Discount) bool { return d.DiscountID == c.id("id") && d.StoreID == c.storeID })
	if i < 0 {
		return i, notFound("There is no discount %s.", c.PathValue("id"))
	}
	return i, nil
}

func (p *Platform) getDiscount(c call) (any, error) {
	i, err := p.findDiscount(c)
	if err != nil {
		return nil, err
	}
	return p.discounts[i], nil
}

func (p *Platform) createDiscount(c call) (any, error) {
	d := api.Discount{DiscountID: int64(len(p.discounts)) + 5, StoreID: c.storeID, IsActive: true, CreatedAt: p.clock.now(), UpdatedAt: p.clock.now()}
	if err := p.changeDiscount(c, &d); err != nil {
		return nil, err
	}
	p.discounts = slices.Insert(p.discounts, 0, d)
	return d, nil
}

func (p *Platform) updateDiscount(c call) (any, error) {
	i, err := p.findDiscount(c)
	if err != nil {
		return nil, err
	}
	d := p.discounts[i]
	if err := p.changeDiscount(c, &d); err != nil {
		return nil, err
	}
	p.discounts[i] = d
	return d, nil
}

func (p *Platform) deleteDiscount(c call) (any, error) {
	i, err := p.findDiscount(c)
	if err != nil {
		return nil, err
	}
	p.discounts = slices.Delete(p.discounts, i, i+1)
	return api.Deleted{ID: c.id("id")}, nil
}

// changeDiscount puts what was sent into d, unless the platform would refuse it.
func (p *Platform) changeDiscount(c call, d *api.Discount) error {
	var in api.DiscountInput
	if err := json.NewDecoder(c.Body).Decode(&in); err != nil {
		return err
	}
	in.Code.Into(&d.Code)
	in.IsAmount.Into(&d.IsAmount)
	in.Amount.Into(&d.Amount)
	in.Percentage.Into(&d.Percentage)
	in.FreeShippingOn.Into(&d.FreeShippingOn)
	in.IsActive.Into(&d.IsActive)
	in.MinimumOrderValue.IntoNullable(&d.MinimumOrderValue)
	in.MaximumDiscountAmount.IntoNullable(&d.MaximumDiscountAmount)
	in.TotalUse.IntoNullable(&d.TotalUse)
	in.UsePerUser.IntoNullable(&d.UsePerUser)
	in.StartsAt.IntoNullable(&d.StartsAt)
	in.EndsAt.IntoNullable(&d.EndsAt)
	d.Code = strings.ToUpper(d.Code)
	return p.checkDiscount(*d)
}

func (p *Platform) checkDiscount(d api.Discount) error {
	var wrong []api.FieldError
	if d.Code == "" || strings.Contains(d.Code, " ") {
		wrong = append(wrong, api.FieldError{Field: "code", Message: "must have 1 to 50 letters, digits, hyphens or underscores"})
	}
	if !bool(d.IsAmount) && (d.Percentage > 100 || d.Percentage == 0 && !bool(d.FreeShippingOn)) {
		wrong = append(wrong, api.FieldError{Field: "percentage", Message: "must be between 0 and 100 with at most two decimals"})
	}
	if d.MinimumOrderValue != nil && *d.MinimumOrderValue < 0 {
		wrong = append(wrong, api.FieldError{Field: "minimum_order_value", Message: "must not be negative"})
	}
	if d.StartsAt != nil && d.EndsAt != nil && !d.StartsAt.Before(d.EndsAt.Time) {
		wrong = append(wrong, api.FieldError{Field: "ends_at", Message: "must be after starts_at"})
	}
	if wrong != nil {
		return &refusal{Status: http.StatusBadRequest, Code: api.CodeValidation, Message: "The request is not valid.", Errors: wrong}
	}
	for _, other := range p.discounts {
		if other.Code == d.Code && other.StoreID == d.StoreID && other.DiscountID != d.DiscountID {
			return refuse(http.StatusConflict, api.CodeConflict, "The code %s exists already, as discount %d.", d.Code, other.DiscountID)
		}
	}
	return nil
}
