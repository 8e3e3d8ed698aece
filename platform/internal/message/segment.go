package message

import (
	"strings"
	"unicode/utf16"
)

// Encodings of SMS.
const (
	gsm7    = "gsm-7"
	unicode = "unicode"
)

// What a single SMS and each part of a longer one hold: septets of GSM 03.38,
// or UTF-16 units.
const (
	gsmSingle, gsmPart         = 160, 153
	unicodeSingle, unicodePart = 70, 67
)

// maxSegments is how long an SMS may be.
const maxSegments = 10

const (
	basicGSM = "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?" +
		"¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
	extendedGSM = "\f^{}\\[~]|€" // two septets each
)

// segments counts what a carrier charges for a text, and says how it is
// encoded. A character is never split between two parts.
func segments(text string) (int, string) {
	if sizes, ok := septets(text); ok {
		return parts(sizes, gsmSingle, gsmPart), gsm7
	}
	var sizes []int
	for _, r := range text {
		sizes = append(sizes, utf16.RuneLen(r))
	}
	return parts(sizes, unicodeSingle, unicodePart), unicode
}

// septets returns the size of each character of a text that GSM 03.38 can
// write.
func septets(text string) ([]int, bool) {
	var sizes []int
	for _, r := range text {
		switch {
		case strings.ContainsRune(basicGSM, r):
			sizes = append(sizes, 1)
		case strings.ContainsRune(extendedGSM, r):
			sizes = append(sizes, 2)
		default:
			return nil, false
		}
	}
	return sizes, true
}

func parts(sizes []int, single, part int) int {
	total := 0
	for _, size := range sizes {
		total += size
	}
	if total <= single {
		return 1
	}
	n, used := 1, 0
	for _, size := range sizes {
		if used+size > part {
			n, used = n+1, 0
		}
		used += size
	}
	return n
}
