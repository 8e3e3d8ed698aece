package browser

import (
	"encoding/json"
	"fmt"
)

// spot is where an element can be clicked, or why it cannot be.
type spot struct {
	X, Y float64
	Why  string
}

// locate is a JavaScript expression that yields the spot of the first element
// that matches the selector. What a person could not click is not clickable
// here either: hidden, disabled, covered by something else.
func locate(css string) string {
	return fmt.Sprintf(`(css => {
		const e = document.querySelector(css);
		if (!e) return {Why: "is not on the page"};
		e.scrollIntoView({block: "center", inline: "nearest", behavior: "instant"});
		const r = e.getBoundingClientRect(), x = r.x + r.width / 2, y = r.y + r.height / 2;
		if (!r.width || !r.height || !e.checkVisibility({visibilityProperty: true})) return {Why: "is not visible"};
		if (e.disabled) return {Why: "is disabled"};
		if (!performance.getEntriesByType("navigation")[0]?.domContentLoadedEventEnd) return {Why: "is on a page whose scripts do not run yet"};
		const top = document.elementFromPoint(x, y);
		if (!top || !(e.contains(top) || top.contains(e))) return {Why: "is covered by " + (top ? top.outerHTML.slice(0, 120) : "nothing")};
		return {X: x, Y: y, Why: ""};
	})(%s)`, Quote(css))
}

// Quote writes a Go string as a JavaScript string.
func Quote(s string) string {
	text, _ := json.Marshal(s) // a string always has a JSON form
	return string(text)
}
