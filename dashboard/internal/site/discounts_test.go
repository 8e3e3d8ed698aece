package site_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/selorax/sandbox/dashboard/internal/platformtest"
)

const discountList = "/22/discounts"

func TestDiscountList(t *testing.T) {
	t.Parallel()
	d := start(t).as(platformtest.Merchant)
	a := d.see(discountList)
	if diff := cmp.Diff([]string{"On", "Used up", "Off", "On"}, a.Texts(hook("discount-state"))); diff != "" {
		t.Errorf("states (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]string{"Free shipping", "৳ 150.00", "10 %", "20 %"}, a.Texts("tbody .cell-total")); diff != "" {
		t.Errorf("what they take off (-want +got):\n%s", diff)
	}
	for query, want := range map[string]int{"?status=on": 3, "?status=off": 1, "?status=odd": 4, "?search=summer": 1, "?status=off&search=summer": 0} {
		a := d.see(discountList + query)
		if n := a.Count(hook("discount-row")); n != want || a.Count(".empty") != map[bool]int{true: 1}[want == 0] {
			t.Errorf("%s: %d discounts, want %d", query, n, want)
		}
	}
	if text := d.as(platformtest.Developer).see("/24/discounts").One(".empty").Text(); !strings.Contains(text, "No discounts yet") {
		t.Errorf("without a discount: %q", text)
	}
}

func TestDiscountIsMadeChangedAndDeleted(t *testing.T) {
	t.Parallel()
	d := start(t).as(platformtest.Merchant)
	form := url.Values{
		"code": {"new-year"}, "kind": {"amount"}, "value": {"99.50"}, "minimum": {"500"}, "total": {"10"},
		"starts": {"2027-01-01T00:00"}, "ends": {"2027-01-31T23:59:59"}, "active": {"1"},
	}
	if a := d.post(discountList+"/new", form); a.StatusCode != http.StatusSeeOther || a.where() != discountList {
		t.Fatalf("create: %s", a.Status)
	}
	if text := d.flash(discountList); text != "The discount NEW-YEAR is created." {
		t.Errorf("the flash says %q", text)
	}
	one := d.see(discountList + "?search=new-year").One(".row-link").Attr("href")
	for range 2 { // saving what is shown changes nothing
		a := d.see(one)
		for field, want := range map[string]string{
			"code": "NEW-YEAR", "value": "99.50", "minimum": "500.00", "maximum": "", "total": "10", "each": "", "starts": "2027-01-01T00:00", "ends": "2027-01-31T23:59:59",
		} {
			if got := a.One(`input[name="` + field + `"]`).Attr("value"); got != want {
				t.Errorf("%s is %q, want %q", field, got, want)
			}
			form.Set(field, want)
		}
		d.post(one, form)
	}
	form.Set("kind", "percentage")
	form.Set("value", "12.5")
	form.Set("total", "")
	d.post(one, form)
	if row := d.see(discountList).All(hook("discount-row"))[0].Text(); !strings.Contains(row, "12.5 %") || strings.Contains(row, "of 10") {
		t.Errorf("after the change: %q", row)
	}
	for _, c := range []struct{ active, want string }{{"0", "Off"}, {"1", "On"}} {
		d.post(one+"/switch", url.Values{"active": {c.active}})
		if got := d.see(one).One(hook("discount-state")).Text(); got != c.want {
			t.Errorf("switched to %s it is %s", c.active, got)
		}
	}
	for _, want := range []string{"The discount is deleted.", "There is no such discount. Perhaps it is deleted already."} {
		d.post(one+"/delete", nil)
		if text := d.flash(discountList); text != want {
			t.Errorf("the flash says %q, want %q", text, want)
		}
	}
}

// What is wrong stands beside its field, and nothing that was written is lost.
func TestDiscountsAreRefusedAtTheirFields(t *testing.T) {
	t.Parallel()
	d := start(t).as(platformtest.Merchant)
	for name, c := range map[string]struct {
		form   url.Values
		errors map[string]string
	}{
		"no figures": {
			url.Values{"code": {"A"}, "value": {"much"}, "minimum": {"1.234"}, "maximum": {"x"}, "total": {"1.5"}, "each": {"two"}, "starts": {"soon"}, "ends": {"later"}},
			map[string]string{
				"value": "Write a percentage, such as 20 or 12.5.", "minimum": "Write an amount, such as 500.", "maximum": "Write an amount, such as 200.", "total": "Write a whole number.",
				"each": "Write a whole number.", "starts": "Write a day and a time.", "ends": "Write a day and a time.",
			},
		},
		"not a number": {url.Values{"code": {"A"}, "value": {"NaN"}}, map[string]string{"value": "Write a percentage, such as 20 or 12.5."}},
		"the platform's": {
			url.Values{"code": {"two words"}, "value": {"120"}, "minimum": {"-1"}, "starts": {"2027-02-01T00:00"}, "ends": {"2027-01-01T00:00"}},
			map[string]string{
				"code": "The code must have 1 to 50 letters, digits, hyphens or underscores.", "ends": "The end must be after the start.", "minimum": "The smallest order must not be negative.",
				"value": "Write a percentage from 0.01 to 100, with at most two decimals. It may be 0 with free shipping.",
			},
		},
		"a code twice": {url.Values{"code": {"eid150"}, "value": {"5"}}, map[string]string{"code": "The code EID150 exists already, as discount 7."}},
	} {
		for _, path := range []string{"/new", "/5"} {
			a := d.post(discountList+path, c.form)
			got := map[string]string{}
			for _, e := range a.All(hook("discount-error")) {
				got[e.Attr("data-field")] = e.Text()
			}
			if diff := cmp.Diff(c.errors, got); diff != "" || a.StatusCode != http.StatusUnprocessableEntity || a.Count(hook("discount-refused")) != 1 {
				t.Errorf("%s at %s: %s (-want +got):\n%s", name, path, a.Status, diff)
			}
			for _, complaint := range complaints(a) {
				t.Errorf("%s: %s", name, complaint)
			}
			for field, values := range c.form {
				if kept := a.One(`input[name="` + field + `"]`).Attr("value"); kept != values[0] {
					t.Errorf("%s: %s was %q and is %q", name, field, values[0], kept)
				}
			}
		}
	}
	if n := d.see(discountList).Count(hook("discount-row")); n != 4 {
		t.Errorf("%d discounts", n)
	}
}

func TestDiscountsOfOthersAreMissing(t *testing.T) {
	t.Parallel()
	d := start(t).as(platformtest.Developer)
	for _, path := range []string{"/22/discounts/99", "/22/discounts/99999999999999999999", "/24/discounts/5"} {
		if a := d.get(path); a.StatusCode != http.StatusNotFound {
			t.Errorf("%s: %s", path, a.Status)
		}
		if a := d.post(path, url.Values{"code": {"A"}, "value": {"5"}}); a.StatusCode != http.StatusNotFound {
			t.Errorf("a change of %s: %s", path, a.Status)
		}
		if a := d.post(path+"/switch", nil); a.StatusCode != http.StatusNotFound {
			t.Errorf("a switch of %s: %s", path, a.Status)
		}
	}
}
