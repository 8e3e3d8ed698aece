package phone_test

import (
	"testing"

	"github.com/selorax/sandbox/platform/internal/phone"
)

func TestNormalize(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"01712345678":       "01712345678",
		"+8801712345678":    "01712345678",
		"8801312345678":     "01312345678",
		"+880 1712-345678":  "01712345678",
		"(017) 1234 5678":   "01712345678",
		"":                  "",
		"1712345678":        "",
		"01212345678":       "",
		"0171234567":        "",
		"017123456789":      "",
		"+88001712345678":   "",
		"০১৭১২৩৪৫৬৭৮":       "",
		"01712345678\n":     "",
		"01712345678 hello": "",
	} {
		if got, ok := phone.Normalize(text); got != want || ok != (want != "") {
			t.Errorf("%q became %q, %v; want %q", text, got, ok, want)
		}
	}
}

func FuzzNormalize(f *testing.F) {
	f.Add("+880 1712-345678")
	f.Add("01912345678")
	f.Fuzz(func(t *testing.T, text string) {
		got, ok := phone.Normalize(text)
		if !ok {
			return
		}
		for _, same := range []string{got, phone.International(got)} {
			if again, ok := phone.Normalize(same); !ok || again != got {
				t.Errorf("%q became %q, which became %q", text, got, again)
			}
		}
	})
}
