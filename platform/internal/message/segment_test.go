package message

import (
	"strings"
	"testing"
)

func TestSegments(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		text     string
		want     int
		encoding string
	}{
		{"Your roses are back in stock.", 1, gsm7},
		{strings.Repeat("a", 160), 1, gsm7},
		{strings.Repeat("a", 161), 2, gsm7},
		{strings.Repeat("a", 306), 2, gsm7},
		{strings.Repeat("a", 307), 3, gsm7},
		{strings.Repeat("€", 80), 1, gsm7},
		{strings.Repeat("€", 81), 2, gsm7},
		{strings.Repeat("a", 152) + "€" + strings.Repeat("a", 152), 3, gsm7}, // the € does not fit into the first part's last septet
		{"ফুল", 1, unicode},
		{strings.Repeat("ক", 70), 1, unicode},
		{strings.Repeat("ক", 71), 2, unicode},
		{strings.Repeat("ক", 134), 2, unicode},
		{strings.Repeat("ক", 135), 3, unicode},
		{strings.Repeat("🌸", 35), 1, unicode},
		{strings.Repeat("🌸", 36), 2, unicode},
		{strings.Repeat("🌸", 67), 3, unicode}, // 33 of them fit into a part, a half one does not
	} {
		if got, encoding := segments(c.text); got != c.want || encoding != c.encoding {
			t.Errorf("%.20q × %d: %d in %s, want %d in %s", c.text, len([]rune(c.text)), got, encoding, c.want, c.encoding)
		}
	}
}

func FuzzSegments(f *testing.F) {
	f.Add("Hello €")
	f.Add("ফুল 🌸")
	f.Fuzz(func(t *testing.T, text string) {
		n, _ := segments(text)
		longer, _ := segments(text + text)
		if n < 1 || longer < n || n > len(text)+1 {
			t.Errorf("%q: %d segments, %d for twice the text", text, n, longer)
		}
	})
}
