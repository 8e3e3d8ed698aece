package id

import (
	"regexp"
	"testing"
)

func TestForms(t *testing.T) {
	t.Parallel()
	for want, got := range map[string]string{
		`^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$`: UUID(),
		`^[0-9a-f]{64}$`:     Hex(32),
		`^req_[0-9a-f]{16}$`: Request(),
	} {
		if !regexp.MustCompile(want).MatchString(got) {
			t.Errorf("%q does not match %s", got, want)
		}
	}
	if a, b := Hex(16), Hex(16); a == b {
		t.Error("two ids are equal")
	}
}
