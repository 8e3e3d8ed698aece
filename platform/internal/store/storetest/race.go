package storetest

import (
	"net/http"
	"sync"
	"testing"
)

// ChangesMeet puts the value n into each of two fields of a record at once, for
// n up to rounds, and fails the test when the record, as lost reads it, is
// without one of them. PostgreSQL runs the two side by side.
func ChangesMeet(t testing.TB, s *Server, path string, rounds int, change func(n int) [2]map[string]any, lost func(n int) bool) {
	t.Helper()
	for n := 1; n <= rounds; n++ {
		var wg sync.WaitGroup
		for _, body := range change(n) {
			wg.Go(func() {
				if a := s.Do(App, http.MethodPut, path, body); a.Code != http.StatusOK {
					t.Errorf("%v: %d %s", body, a.Code, a.Body)
				}
			})
		}
		wg.Wait()
		if lost(n) {
			t.Fatalf("round %d: of two changes of different fields one is lost", n)
		}
	}
}
