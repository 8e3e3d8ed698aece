package storetest

import (
	"net/http"
	"sync"
	"testing"
)

// ChangesMeet makes two changes of a record at once, of different fields, round
// after round, and fails the test when lost says that the record is without one
// of them. PostgreSQL runs the two side by side.
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
