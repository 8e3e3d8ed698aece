package control_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/platformtest"
)

// refused makes a call of the control API that has to be refused.
func refused(t *testing.T, p *platformtest.Platform, want int, method, path string, body any) (e api.Error) {
	t.Helper()
	p.Do(method, path, p.Controls(), body).Into(want, &e)
	return e
}

func orderNotes(change map[string]any) map[string]any {
	body := map[string]any{"name": "Order Notes", "redirect_urls": []string{"http://localhost:3000/cb"}, "requested_scopes": []string{"read:orders"}}
	for name, value := range change {
		body[name] = value
	}
	return body
}

func TestRegisteredAppsWorkAtOnce(t *testing.T) {
	t.Parallel()
	p := platformtest.Start(t, platformtest.Config{})
	made := platformtest.Control[api.SandboxRegistered](p, http.MethodPost, "/_sandbox/apps", orderNotes(nil))
	if made.AppID != 3 || made.Slug != "order-notes" || made.ReviewStatus != api.ReviewApproved || !made.IsListed {
		t.Errorf("got %+v", made.App)
	}
	authenticates := func(secret string) bool {
		return p.Do(http.MethodPost, "/api/apps/oauth/revoke", nil, url.Values{
			"client_id": {made.ClientID}, "client_secret": {secret}, "token": {"sx_at_0"},
		}).Status == http.StatusOK
	}
	if !authenticates(made.ClientSecret) {
		t.Error("its credentials do not work")
	}
	mine := platformtest.Data[api.App](p.Do(http.MethodGet, "/api/apps/3", platformtest.User(p.Login(platformtest.Developer)), nil))
	if mine.ClientID != made.ClientID {
		t.Errorf("it is not the developer's: %+v", mine)
	}
	if list := platformtest.Control[[]api.App](p, http.MethodGet, "/_sandbox/apps", nil); len(list) != 3 || list[2].Slug != "order-notes" {
		t.Errorf("list: %+v", list)
	}
	if one := platformtest.Control[api.App](p, http.MethodGet, "/_sandbox/apps/order-notes", nil); one.ClientID != made.ClientID {
		t.Errorf("one: %+v", one)
	}
	fresh := platformtest.Control[api.RotatedSecret](p, http.MethodPost, "/_sandbox/apps/order-notes/rotate-secret", nil)
	if authenticates(made.ClientSecret) || !authenticates(fresh.ClientSecret) {
		t.Error("the secret was not rotated")
	}
}

func TestADraftIsLeftToTheReview(t *testing.T) {
	t.Parallel()
	p := platformtest.Start(t, platformtest.Config{})
	made := platformtest.Control[api.SandboxRegistered](p, http.MethodPost, "/_sandbox/apps", orderNotes(map[string]any{"draft": true}))
	if made.ReviewStatus != api.ReviewDraft || made.IsListed {
		t.Errorf("got %+v", made.App)
	}
}

func TestRegisterRefusals(t *testing.T) {
	t.Parallel()
	p := platformtest.Start(t, platformtest.Config{})
	for name, c := range map[string]struct {
		change map[string]any
		status int
		says   string
	}{
		"unknown field": {map[string]any{"redirect_uls": 1}, 400, "did you mean redirect_urls?"},
		"unknown scope": {map[string]any{"requested_scopes": []string{"read:order"}}, 400, "did you mean read:orders?"},
		"taken slug":    {map[string]any{"slug": "restock"}, 409, "restock-2 is free"},
	} {
		e := refused(t, p, c.status, http.MethodPost, "/_sandbox/apps", orderNotes(c.change))
		if !strings.Contains(e.Message, c.says) {
			t.Errorf("%s: %s", name, e.Message)
		}
	}
	for _, c := range [][2]string{{http.MethodGet, "/_sandbox/apps/nope"}, {http.MethodPost, "/_sandbox/apps/nope/rotate-secret"}} {
		if e := refused(t, p, 404, c[0], c[1], nil); e.Code != api.CodeNotFound {
			t.Errorf("%v: %+v", c, e)
		}
	}
	if list := platformtest.Control[[]api.App](p, http.MethodGet, "/_sandbox/apps", nil); len(list) != 2 {
		t.Errorf("%d apps", len(list))
	}
}
