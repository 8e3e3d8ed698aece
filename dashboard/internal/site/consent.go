package site

import (
	"errors"
	"net/http"

	"github.com/selorax/sandbox/platform/api"

	"github.com/selorax/sandbox/dashboard/internal/frame"
	"github.com/selorax/sandbox/dashboard/internal/page"
	"github.com/selorax/sandbox/dashboard/internal/platform"
	"github.com/selorax/sandbox/dashboard/internal/session"
)

// consentData is what the merchant decides on.
type consentData struct {
	api.ConsentRequest
	Groups   []page.ScopeGroup
	Personal bool
	Account  api.Account
}

func (s *site) consentPage(w http.ResponseWriter, r *http.Request) error {
	as, account, err := s.signedIn(r)
	if err != nil {
		return err
	}
	asked, err := as.ConsentRequest(r.Context(), r.URL.Query().Get("request"))
	if err != nil {
		return consentGone(err)
	}
	data := consentData{ConsentRequest: asked, Groups: page.GroupConsent(asked.Scopes), Account: account}
	for _, scope := range asked.Scopes {
		data.Personal = data.Personal || bool(scope.PersonalData)
	}
	s.allow(w, policy{form: onToApp})
	return s.pages.Write(w, http.StatusOK, "bare/consent", page.View{
		Title: "Install " + asked.App.Name, Theme: session.Theme(r), Path: r.URL.RequestURI(), Account: &account, Data: data,
	})
}

// decide posts the decision with the merchant's token and follows where the
// platform leads.
func (s *site) decide(w http.ResponseWriter, r *http.Request) error {
	as, _, err := s.signedIn(r)
	if err != nil {
		return err
	}
	decision := r.PostFormValue("decision")
	if decision != "install" && decision != "cancel" {
		return &problem{Status: http.StatusBadRequest, Icon: "alert", Title: "No decision was made", Sentence: "Go back, and choose Install or Cancel."}
	}
	outcome, err := as.Decide(r.Context(), r.PostFormValue("request"), decision)
	if err != nil {
		return consentGone(err)
	}
	if _, web := frame.Origin(outcome.RedirectTo); !web {
		return errors.New("the platform redirects a decision to something other than a web address")
	}
	http.Redirect(w, r, outcome.RedirectTo, http.StatusSeeOther)
	return nil
}

// consentGone explains a request that cannot be decided on any more.
func consentGone(err error) error {
	if refused, ok := platform.Refusal(err); ok {
		switch refused.Status {
		case http.StatusNotFound, http.StatusConflict, http.StatusGone, http.StatusBadRequest:
			return &problem{
				Status: refused.Status, Icon: "clock", Title: "This request cannot be answered any more",
				Sentence: "It was decided already, it is older than ten minutes, or it is for a store that you may not open.",
				Hint:     "Start again from the app's page in the marketplace.", RequestID: refused.RequestID,
			}
		}
	}
	return err
}
