package site

import (
	"context"
	"net/http"
	"strings"

	"github.com/selorax/sandbox/platform/api"

	"github.com/selorax/sandbox/dashboard/internal/page"
	"github.com/selorax/sandbox/dashboard/internal/platform"
	"github.com/selorax/sandbox/dashboard/internal/session"
)

// clockPatience is how many seconds a form waits for the clock to arrive; a
// longer move is followed on its page.
const clockPatience = 8

// clockRoutes are the forms of the clock bar, and the page of a move.
func clockRoutes(get, post func(path string, h func(*visit) error)) {
	post("/developer/clock/advance", forDeveloper((*visit).advanceClock))
	post("/developer/clock/freeze", forDeveloper((*visit).freezeClock))
	post("/developer/clock/resume", forDeveloper((*visit).resumeClock))
	post("/developer/clock/{operation:[0-9]+}/stop", forDeveloper((*visit).stopClock))
	get("/developer/clock/{operation:[0-9]+}", forDeveloper((*visit).clockMove))
}

// loadClock reads business time for the bar.
func (v *visit) loadClock(ctx context.Context) error {
	now, err := v.session.Clock(ctx)
	if err == nil {
		v.clock = &page.Clock{SandboxClock: now, Back: v.cameFrom(v.r)}
	}
	return err
}

func (v *visit) advanceClock() error {
	wait := clockPatience
	op, err := v.session.AdvanceClock(v.r.Context(), api.ClockAdvance{By: v.r.PostFormValue("by"), WaitS: &wait})
	if err != nil {
		return v.clockRefused(err)
	}
	return v.clockSaid(movedFlash(op))
}

// movedFlash says how a move went; the page adds what fired.
func movedFlash(op api.ClockOperation) session.Flash {
	f := session.Flash{Moved: op.OperationID}
	switch op.Status {
	case api.ClockDone:
		f.Tone, f.Text = "success", "The clock shows "+page.Instant(op.Now)+"."
	case api.ClockRunning:
		f.Tone, f.Text = "info", "The clock is on its way to "+page.Instant(op.To)+". Much falls due until then."
	case api.ClockStopped:
		f.Tone, f.Text = "info", "The clock was stopped at "+page.Instant(op.Now)+"."
	default:
		f.Tone, f.Text = "danger", "The clock stopped at "+page.Instant(op.Now)+", because work that fell due did not end."
		if op.Error != nil {
			f.Text += " " + *op.Error
		}
	}
	return f
}

func (v *visit) freezeClock() error {
	c, err := v.session.FreezeClock(v.r.Context())
	if err != nil {
		return v.clockRefused(err)
	}
	return v.clockSaid(session.Flash{Tone: "success", Text: "The clock stands at " + page.Instant(c.Now) + ". Nothing falls due until it moves."})
}

func (v *visit) resumeClock() error {
	if _, err := v.session.ResumeClock(v.r.Context()); err != nil {
		return v.clockRefused(err)
	}
	return v.clockSaid(session.Flash{Tone: "success", Text: "The clock runs on from where it stood."})
}

func (v *visit) stopClock() error {
	op, err := v.session.StopClock(v.r.Context(), v.number("operation"))
	if err != nil {
		return v.clockRefused(err)
	}
	return v.clockSaid(movedFlash(op))
}

// clockRefused says in words why the clock was not touched.
func (v *visit) clockRefused(err error) error {
	refused, ok := platform.Refusal(err)
	switch {
	case ok && refused.Status == http.StatusConflict:
		return v.clockSaid(session.Flash{Tone: "danger", Text: "The clock is already on its way to another time. Wait until it arrives, or stop it in the menu of the clock."})
	case ok && refused.Status == http.StatusNotFound:
		return v.clockSaid(session.Flash{Tone: "danger", Text: "That move of the clock is over and forgotten."})
	case ok && refused.Code == api.CodeValidation:
		return v.clockSaid(session.Flash{Tone: "danger", Text: "The clock did not move. " + refused.Message})
	}
	return err
}

// clockSaid leads back to the page with the bar that was used.
func (v *visit) clockSaid(f session.Flash) error {
	to := v.r.PostFormValue("back")
	if to != v.path("") && !strings.HasPrefix(to, v.path("/")) && !strings.HasPrefix(to, v.path("?")) {
		to = v.path("")
	}
	v.cookies.SetFlash(v.w, f)
	http.Redirect(v.w, v.r, to, http.StatusSeeOther)
	return nil
}

// moved is the move that a flash tells of, nil where there is none or it is
// forgotten already.
func (v *visit) moved(f *session.Flash) *page.Moved {
	if f == nil || f.Moved == 0 || !v.isDeveloper() {
		return nil
	}
	op, err := v.session.ClockOperation(v.r.Context(), f.Moved)
	if err != nil {
		v.Log.WarnContext(v.r.Context(), "clock.move_unread", "operation_id", f.Moved, "error", err)
		return nil
	}
	return page.NewMoved(op)
}

// clockMove shows everything that fired during a move.
func (v *visit) clockMove() error {
	op, err := v.session.ClockOperation(v.r.Context(), v.number("operation"))
	if err != nil {
		return err
	}
	return v.show("shell/clock", "Move of the clock", "", op, policy{})
}
