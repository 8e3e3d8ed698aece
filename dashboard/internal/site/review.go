package site

import (
	"fmt"
	"net/http"
	"strings"

	"github.com/selorax/sandbox/platform/api"

	"github.com/selorax/sandbox/dashboard/internal/page"
	"github.com/selorax/sandbox/dashboard/internal/platform"
)

// submitApp puts an app before a reviewer.
func (v *visit) submitApp() error {
	return v.reviewMove(func(app api.PortalApp) (string, error) {
		_, err := v.session.SubmitApp(v.r.Context(), app.AppID)
		return app.Name + " waits for a reviewer. In this sandbox every developer may review, you too.", err
	})
}

// switchListing puts an approved app into the marketplace or takes it out.
func (v *visit) switchListing() error {
	listed := v.r.PostFormValue("listed") != "0"
	return v.reviewMove(func(app api.PortalApp) (string, error) {
		_, err := v.session.UpdateApp(v.r.Context(), app.AppID, api.AppInput{IsListed: api.To(api.Flag(listed))})
		if listed {
			return app.Name + " is in the marketplace.", err
		}
		return app.Name + " is not in the marketplace any more. Where it is installed it stays.", err
	})
}

// reviewMove does something about an app's review and says what came of it.
func (v *visit) reviewMove(do func(api.PortalApp) (string, error)) error {
	app, err := v.ownApp()
	if err != nil {
		return err
	}
	said, err := do(app)
	if platform.IsStatus(err, http.StatusConflict) {
		return v.done("danger", "Nothing was changed: the review has moved since the page was opened. This is where it stands.", v.portalPath(app.AppID))
	}
	if err != nil {
		return err
	}
	return v.done("success", said, v.portalPath(app.AppID))
}

func (v *visit) reviewQueue() error {
	found, err := v.session.InReview(v.r.Context())
	if err != nil {
		return err
	}
	return v.show("shell/review", "Review", "portal", found.Data, policy{})
}

// reviewData is an app before its reviewer.
type reviewData struct {
	api.PortalApp
	Groups    []page.ScopeGroup
	Checks    []page.Check
	Note      string
	Complaint string // about the note
}

// Decisions are the states that a reviewer may move the app to.
func (d reviewData) Decisions() []page.Status {
	var list []page.Status
	for _, to := range map[string][]string{
		api.ReviewInReview: {api.ReviewRejected, api.ReviewApproved}, api.ReviewApproved: {api.ReviewSuspended}, api.ReviewSuspended: {api.ReviewApproved},
	}[d.ReviewStatus] {
		list = append(list, page.ReviewStatus(to))
	}
	return list
}

func (v *visit) reviewedApp() error {
	d, err := v.findReviewed()
	if err != nil {
		return err
	}
	return v.showReviewed(http.StatusOK, d)
}

// findReviewed is the app that the path names, if it was ever submitted.
func (v *visit) findReviewed() (reviewData, error) {
	app, err := v.session.PortalApp(v.r.Context(), v.number("app"))
	if err == nil && app.ReviewStatus == api.ReviewDraft {
		err = missing
	}
	return reviewData{PortalApp: app, Groups: scopeGroups(app.App), Checks: page.ReviewChecks(app.App)}, err
}

func (v *visit) showReviewed(status int, d reviewData) error {
	return v.answer(status, "shell/review-app", "Review of "+d.Name, "portal", d, policy{})
}

// outcomes say what a decision has done.
var outcomes = map[string]string{
	api.ReviewApproved: "%s is approved.", api.ReviewRejected: "%s is rejected. Its developer reads your note.",
	api.ReviewSuspended: "%s is suspended: its credentials are refused and its frame is closed.",
}

// decideReview records what the reviewer decided. Who sends an app back says
// why.
func (v *visit) decideReview() error {
	d, err := v.findReviewed()
	if err != nil {
		return err
	}
	to := v.r.PostFormValue("status")
	if outcomes[to] == "" {
		return missing
	}
	d.Note = strings.TrimSpace(strings.ReplaceAll(v.r.PostFormValue("note"), "\r\n", "\n"))
	if d.Note == "" && (to == api.ReviewRejected || to == api.ReviewSuspended) {
		d.Complaint = "Write what the developer has to change. Nothing was decided."
		return v.showReviewed(http.StatusUnprocessableEntity, d)
	}
	app, err := v.session.ReviewApp(v.r.Context(), d.AppID, api.ReviewDecision{Status: to, Note: d.Note})
	refused, ok := platform.Refusal(err)
	switch {
	case ok && refused.Code == api.CodeValidation:
		d.Complaint = "Nothing was decided. " + refused.Message
		for _, e := range refused.Errors {
			if e.Field == "note" {
				d.Complaint = sentence("The note "+e.Message) + " Nothing was decided."
			}
		}
		return v.showReviewed(http.StatusUnprocessableEntity, d)
	case ok && refused.Status == http.StatusConflict:
		return v.done("danger", "Nothing was decided: the review has moved since the page was opened. This is where it stands.", v.path("/developer/review/"+v.text("app")))
	case err != nil:
		return err
	}
	said := fmt.Sprintf(outcomes[app.ReviewStatus], app.Name)
	if bool(app.IsListed) {
		said += " It is in the marketplace now."
	}
	return v.done("success", said, v.path("/developer/review"))
}
