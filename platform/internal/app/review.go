package app

import (
	"slices"
	"strings"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/problem"
)

// reviewMoves lists where an app's review may go from each state.
var reviewMoves = map[string][]string{
	api.ReviewDraft:     {api.ReviewInReview},
	api.ReviewInReview:  {api.ReviewApproved, api.ReviewRejected},
	api.ReviewRejected:  {api.ReviewInReview},
	api.ReviewApproved:  {api.ReviewSuspended},
	api.ReviewSuspended: {api.ReviewApproved},
}

// reviewActions are the words for the states they lead to.
var reviewActions = map[string]string{
	"submit": api.ReviewInReview, "approve": api.ReviewApproved, "reject": api.ReviewRejected, "suspend": api.ReviewSuspended,
}

// maxNote bounds a reviewer's note, in characters.
const maxNote = 2000

// checkMove refuses a move that the table does not have, naming those it has.
func checkMove(from, to string) error {
	if slices.Contains(reviewMoves[from], to) {
		return nil
	}
	return problem.Conflict("The review of this app is %s; from there it can become %s, not %s.",
		from, strings.Join(reviewMoves[from], " or "), to)
}

// target returns the state that a decision leads to.
func target(in api.ReviewDecision) (string, error) {
	var bad []api.FieldError
	require := func(ok bool, field, message string) {
		if !ok {
			bad = append(bad, api.FieldError{Field: field, Message: message})
		}
	}
	to, isAction := reviewActions[in.Action]
	require(in.Action == "" || isAction, "action", "must be approve, reject, suspend or submit")
	require(in.Status == "" || slices.Contains(api.ReviewStatuses, in.Status), "status", "must be one of "+strings.Join(api.ReviewStatuses, ", "))
	require(in.Action != "" || in.Status != "", "action", "is required: approve, reject, suspend or submit")
	require(in.Status == "" || !isAction || in.Status == to, "status", "must be the one that the action leads to, or left out")
	require(len([]rune(in.Note)) <= maxNote, "note", "must have at most 2000 characters")
	if bad != nil {
		return "", problem.Validation(bad...)
	}
	if !isAction {
		to = in.Status
	}
	return to, nil
}
