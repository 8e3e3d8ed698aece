package sandbox

import "testing"

func BenchmarkSeed(b *testing.B) {
	for b.Loop() {
		b.StopTimer()
		s := newService(b, noon)
		b.StartTimer()
		if err := s.EnsureDemo(b.Context()); err != nil {
			b.Fatal(err)
		}
	}
}
