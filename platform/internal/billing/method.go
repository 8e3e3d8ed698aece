package billing

import (
	"net/http"
	"slices"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/db"
	"github.com/selorax/sandbox/platform/internal/problem"
	"github.com/selorax/sandbox/platform/internal/web"
)

// maxFailures bounds how often a method can be told to fail.
const maxFailures = 100

// savedMethodPays collects by a store's saved method and reports whether that
// works. A method that fails a few times has failed once more then.
func savedMethodPays(tx *db.Tx, storeID int64) (bool, error) {
	m, err := methodOf(tx, storeID)
	if err != nil || m.Behavior != api.MethodFailsTimes {
		return m.Behavior == api.MethodSucceeds, err
	}
	failed, err := useFailure(tx, storeID)
	return !failed, err
}

func (s *Service) getMethod(w http.ResponseWriter, r *http.Request) error {
	storeID, err := web.NeedStore(r)
	if err != nil {
		return err
	}
	var m api.PaymentMethod
	err = s.DB.Read(r.Context(), func(tx *db.Tx) (err error) {
		m, err = methodOf(tx, storeID)
		return err
	})
	if err != nil {
		return err
	}
	return web.OK(w, "Payment method fetched.", m)
}

func (s *Service) putMethod(w http.ResponseWriter, r *http.Request) error {
	storeID, err := web.NeedStore(r)
	if err != nil {
		return err
	}
	in, err := web.Decode[api.PaymentMethodInput](w, r)
	if err != nil {
		return err
	}
	if in.StoreID != 0 && in.StoreID != storeID {
		return problem.Invalid("store_id", "must be the store of the query, or left out")
	}
	times, err := failuresOf(in)
	if err != nil {
		return err
	}
	return s.Writes.OK(w, r, in, "Payment method saved.", func(tx *db.Tx) (any, error) {
		if err := saveMethod(tx, storeID, in.Behavior, times); err != nil {
			return nil, err
		}
		return methodOf(tx, storeID)
	})
}

// failuresOf is how often a method is to fail, or what is wrong with it.
func failuresOf(in api.PaymentMethodInput) (int64, error) {
	switch {
	case !slices.Contains([]string{api.MethodSucceeds, api.MethodFails, api.MethodFailsTimes}, in.Behavior):
		return 0, problem.Invalid("behavior", "must be %s, %s or %s", api.MethodSucceeds, api.MethodFails, api.MethodFailsTimes)
	case in.Behavior != api.MethodFailsTimes && in.FailuresLeft != nil:
		return 0, problem.Invalid("failures_left", "goes with the behavior %s only", api.MethodFailsTimes)
	case in.Behavior != api.MethodFailsTimes:
		return 0, nil
	case in.FailuresLeft == nil || *in.FailuresLeft < 1 || *in.FailuresLeft > maxFailures:
		return 0, problem.Invalid("failures_left", "must be from 1 to %d", maxFailures)
	}
	return *in.FailuresLeft, nil
}
