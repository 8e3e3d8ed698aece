package page

import (
	"testing"

	"github.com/selorax/sandbox/platform/api"
)

func TestFaultWhen(t *testing.T) {
	t.Parallel()
	for want, rule := range map[string]api.NewFault{
		"Every time": {Every: 1}, "The first time": {First: 1}, "The first 1,200 times": {First: 1200}, "Every 2nd time": {Every: 2},
		"Every 11th time": {Every: 11}, "Every 21st time": {Every: 21}, "Every 103rd time": {Every: 103}, "Every 112th time": {Every: 112},
	} {
		if got := FaultWhen(api.Fault{NewFault: rule}); got != want {
			t.Errorf("%+v is %q, want %q", rule, got, want)
		}
	}
	if got := Fault(api.FaultOnWebhook, "new_effect").Label; got != "New effect" {
		t.Errorf("an effect that is not known is %q", got)
	}
}
