package site

import "github.com/selorax/sandbox/dashboard/internal/page"

// tourData is the way through the sandbox, and how far it was gone.
type tourData struct {
	Steps []page.TourStep
	Done  int
}

// tour shows what there is to do. The platform ticks a step off when it has
// happened, whoever did it and from where.
func (v *visit) tour() error {
	steps, err := v.session.Tour(v.r.Context(), v.store.StoreID)
	if err != nil {
		return err
	}
	data := tourData{Steps: page.NewTour(steps)}
	for _, step := range data.Steps {
		if step.Done {
			data.Done++
		}
	}
	return v.show("shell/tour", "Tour", "tour", data, policy{})
}
