package app_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/app"
	"github.com/selorax/sandbox/platform/internal/db"
	"github.com/selorax/sandbox/platform/internal/db/dbtest"
)

func TestReviewMoves(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.create(ada, map[string]any{"is_listed": true})
	legal := map[string]string{
		"draft>in_review": "", "in_review>approved": "", "in_review>rejected": "", "rejected>in_review": "", "approved>suspended": "",
		"suspended>approved": "",
	}
	for _, from := range api.ReviewStatuses {
		for _, to := range api.ReviewStatuses {
			dbtest.Exec(t, b.db, `UPDATE app SET review_status = $1`, from)
			status, text := b.do(ada, http.MethodPost, "/api/apps/1/review", api.ReviewDecision{Status: to, Note: "Because."})
			after := dbtest.Value[string](t, b.db, `SELECT review_status FROM app`)
			if _, ok := legal[from+">"+to]; ok {
				if status != http.StatusOK || after != to {
					t.Errorf("%s to %s: %d %s", from, to, status, text)
				}
				active := dbtest.Value[bool](t, b.db, `SELECT is_active = 1 FROM app`)
				if active != (to != api.ReviewSuspended) {
					t.Errorf("%s: active %v", to, active)
				}
				continue
			}
			if status != http.StatusConflict || after != from || !strings.Contains(string(text), "it can become ") {
				t.Errorf("%s to %s: %d %s, now %s", from, to, status, text, after)
			}
		}
	}
}

func TestReviewFromDraftToSuspension(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	made := b.create(ada, map[string]any{"is_listed": true})
	if made.IsListed || made.SubmittedAt != nil {
		t.Errorf("a draft: %+v", made.PortalApp)
	}
	submitted := get[api.PortalApp](b, ada, http.MethodPost, "/api/apps/1/submit-for-review", nil)
	if submitted.ReviewStatus != api.ReviewInReview || submitted.SubmittedAt == nil || submitted.ReviewedAt != nil {
		t.Errorf("submitted: %+v", submitted)
	}
	b.refused(http.StatusConflict, ada, http.MethodPost, "/api/apps/1/submit-for-review", nil)
	rejected := get[api.PortalApp](b, ben, http.MethodPost, "/api/apps/1/review", api.ReviewDecision{Action: "reject", Note: "No icon."})
	if rejected.ReviewStatus != api.ReviewRejected || *rejected.ReviewNote != "No icon." || rejected.ReviewedAt == nil {
		t.Errorf("rejected: %+v", rejected)
	}
	get[api.PortalApp](b, ada, http.MethodPost, "/api/apps/1/submit-for-review", nil)
	approved := get[api.PortalApp](b, ben, http.MethodPost, "/api/apps/1/review", api.ReviewDecision{Action: "approve", Status: "approved"})
	if !approved.IsListed || approved.ReviewNote != nil {
		t.Errorf("approved: %+v", approved)
	}
	works := func() error {
		return b.db.Read(t.Context(), func(tx *db.Tx) error {
			_, err := app.Apps{}.Authenticate(tx, made.ClientID, made.ClientSecret)
			return err
		})
	}
	if err := works(); err != nil {
		t.Error(err)
	}
	suspended := get[api.PortalApp](b, ben, http.MethodPost, "/api/apps/1/review", api.ReviewDecision{Action: "suspend"})
	if suspended.IsListed || suspended.IsActive || works() == nil {
		t.Errorf("suspended: %+v", suspended)
	}
	back := get[api.PortalApp](b, ben, http.MethodPost, "/api/apps/1/review", api.ReviewDecision{Action: "approve"})
	if !back.IsListed || !back.IsActive || works() != nil {
		t.Errorf("approved again: %+v", back)
	}
}

func TestReviewRefusals(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.create(ada, nil)
	for name, c := range map[string]struct {
		in    api.ReviewDecision
		field string
	}{
		"nothing":         {api.ReviewDecision{}, "action"},
		"unknown action":  {api.ReviewDecision{Action: "bless"}, "action"},
		"unknown status":  {api.ReviewDecision{Status: "blessed"}, "status"},
		"they contradict": {api.ReviewDecision{Action: "approve", Status: "rejected"}, "status"},
		"long note":       {api.ReviewDecision{Action: "submit", Note: strings.Repeat("é", 2001)}, "note"},
	} {
		if e := b.refused(http.StatusBadRequest, ada, http.MethodPost, "/api/apps/1/review", c.in); len(e.Errors) != 1 || e.Errors[0].Field != c.field {
			t.Errorf("%s: %+v", name, e)
		}
	}
}
