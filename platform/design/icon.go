package design

import (
	"html"
	"maps"
	"slices"
	"strings"
)

// icons are drawn on a 20 px grid with a stroke of 1.5 px; the stylesheet's
// class "icon" gives stroke and size.
var icons = map[string]string{
	"home":      `<path d="M3 8.8 10 3l7 5.8V16a1 1 0 0 1-1 1h-3.5v-5h-5v5H4a1 1 0 0 1-1-1z"/>`,
	"orders":    `<path d="M4 3.5h12v13.5l-2-1.3-2 1.3-2-1.3-2 1.3-2-1.3-2 1.3z"/><path d="M7 7.5h6M7 11h4"/>`,
	"products":  `<path d="m10 2.8 6.5 3.4v7.6L10 17.2l-6.5-3.4V6.2z"/><path d="m3.7 6.3 6.3 3.4 6.3-3.4M10 9.7v7.3M6.8 4.6l6.3 3.3"/>`,
	"apps":      `<rect x="3" y="3" width="5.5" height="5.5" rx="1.5"/><rect x="11.5" y="3" width="5.5" height="5.5" rx="1.5"/><rect x="3" y="11.5" width="5.5" height="5.5" rx="1.5"/><path d="M14.25 11.5v5.5M11.5 14.25h5.5"/>`,
	"settings":  `<path d="M3 6h6.5M13.5 6H17M3 14h3.5M10.5 14H17"/><circle cx="11.5" cy="6" r="2"/><circle cx="8.5" cy="14" r="2"/>`,
	"store":     `<path d="M3.5 9v7a1 1 0 0 0 1 1h11a1 1 0 0 0 1-1V9M8 17v-4.5h4V17"/><path d="M4.3 3h11.4L17.5 7.5c0 1.1-.9 2-2 2s-1.8-.9-1.8-2c0 1.1-.9 2-1.85 2S10 8.6 10 7.5c0 1.1-.9 2-1.85 2S6.3 8.6 6.3 7.5c0 1.1-.7 2-1.8 2s-2-.9-2-2z"/>`,
	"menu":      `<path d="M3 5.5h14M3 10h14M3 14.5h14"/>`,
	"close":     `<path d="m5 5 10 10M15 5 5 15"/>`,
	"check":     `<path d="m4 10.5 4 4 8-9"/>`,
	"success":   `<circle cx="10" cy="10" r="7.25"/><path d="m6.8 10.3 2.2 2.2 4.2-4.7"/>`,
	"warning":   `<path d="M10 3.2 17.5 16.5h-15z"/><path d="M10 8.5v3.5M10 14.2v.1"/>`,
	"info":      `<circle cx="10" cy="10" r="7.25"/><path d="M10 9.2v4M10 6.5v.1"/>`,
	"danger":    `<circle cx="10" cy="10" r="7.25"/><path d="M10 6.5v4.3M10 13.4v.1"/>`,
	"search":    `<circle cx="9" cy="9" r="5.5"/><path d="m13.2 13.2 3.8 3.8"/>`,
	"down":      `<path d="m5.5 8 4.5 4.5L14.5 8"/>`,
	"up-down":   `<path d="m6.5 7.5 3.5-3.5 3.5 3.5M6.5 12.5l3.5 3.5 3.5-3.5"/>`,
	"right":     `<path d="m8 5.5 4.5 4.5L8 14.5"/>`,
	"left":      `<path d="M12 5.5 7.5 10l4.5 4.5"/>`,
	"user":      `<circle cx="10" cy="7" r="3.25"/><path d="M3.8 17c.5-3.3 3-5 6.2-5s5.7 1.7 6.2 5"/>`,
	"sign-out":  `<path d="M8 3.5H4.5a1 1 0 0 0-1 1v11a1 1 0 0 0 1 1H8M12.5 13.5 16 10l-3.5-3.5M16 10H8"/>`,
	"lock":      `<rect x="4" y="9" width="12" height="8" rx="1.5"/><path d="M6.8 9V6.5a3.2 3.2 0 0 1 6.4 0V9"/>`,
	"shield":    `<path d="M10 2.8 16 5v4.5c0 3.7-2.5 6.5-6 7.7-3.5-1.2-6-4-6-7.7V5z"/>`,
	"eye":       `<path d="M2.5 10c1.6-3.2 4.2-5 7.5-5s5.9 1.8 7.5 5c-1.6 3.2-4.2 5-7.5 5s-5.9-1.8-7.5-5z"/><circle cx="10" cy="10" r="2.5"/>`,
	"pencil":    `<path d="m4 16 .7-3.2 8.6-8.6a1.5 1.5 0 0 1 2.1 0l.4.4a1.5 1.5 0 0 1 0 2.1l-8.6 8.6zM12 5.5 14.5 8"/>`,
	"trash":     `<path d="M3.5 5.5h13M8 5.5V3.5h4v2M5 5.5l.8 11h8.4l.8-11M8.3 8.8v4.7M11.7 8.8v4.7"/>`,
	"clock":     `<circle cx="10" cy="10" r="7.25"/><path d="M10 5.8V10l2.8 1.8"/>`,
	"webhook":   `<path d="M10 7.3 6.8 13M10 7.3a2.3 2.3 0 1 1 2-1.3M7.8 13.5h6.4M6.8 13a2.3 2.3 0 1 1-2.8-.9M14.2 13.5a2.3 2.3 0 1 0 1-2.4L11.8 5.8"/>`,
	"external":  `<path d="M8 4.5H4.5a1 1 0 0 0-1 1v10a1 1 0 0 0 1 1h10a1 1 0 0 0 1-1V12M11.5 3.5h5v5M16.5 3.5 9.5 10.5"/>`,
	"refresh":   `<path d="M16 10a6 6 0 1 1-1.8-4.3M16 3.5v3.2h-3.2"/>`,
	"phone":     `<path d="M4 3.5h3l1.3 3.6-1.8 1.4a9 9 0 0 0 5 5l1.4-1.8 3.6 1.3v3a1 1 0 0 1-1.1 1C8.7 16.5 3.5 11.3 3 4.6a1 1 0 0 1 1-1.1z"/>`,
	"pin":       `<path d="M10 17.5c3.7-3.7 5.5-6.5 5.5-9a5.5 5.5 0 0 0-11 0c0 2.5 1.8 5.3 5.5 9z"/><circle cx="10" cy="8.5" r="2"/>`,
	"mail":      `<rect x="2.8" y="4.5" width="14.4" height="11" rx="1.5"/><path d="m3.2 5.5 6.8 5.5 6.8-5.5"/>`,
	"offline":   `<path d="M3 3l14 14M5.2 11.3A7 7 0 0 1 8 9.7M2.5 8.3A11 11 0 0 1 6.3 6M17.5 8.3A11 11 0 0 0 9.4 5.3M14.8 11.3a7 7 0 0 0-1.6-1.1M10 15v.1"/>`,
	"chart":     `<path d="M3.5 16.5h13M6 13.5V10M10 13.5V5M14 13.5V8"/>`,
	"add":       `<path d="M10 4v12M4 10h12"/>`,
	"tag":       `<path d="M3.5 3.5H10l6.7 6.7a1.2 1.2 0 0 1 0 1.7l-4.8 4.8a1.2 1.2 0 0 1-1.7 0L3.5 10z"/><circle cx="7" cy="7" r="1"/>`,
	"customers": `<circle cx="7.5" cy="7" r="2.75"/><path d="M2.5 16c.4-2.8 2.3-4.2 5-4.2s4.6 1.4 5 4.2M12.5 4.5a2.7 2.7 0 0 1 0 5M14 12c2 .4 3.2 1.7 3.5 4"/>`,
	"truck":     `<path d="M2.5 5h9v8.5h-9zM11.5 8h3.3l2.7 2.8v2.7h-6z"/><circle cx="6" cy="14.5" r="1.7"/><circle cx="14" cy="14.5" r="1.7"/>`,
	"wallet":    `<path d="M3.5 6v9a1 1 0 0 0 1 1h12V7h-12a1 1 0 0 1-1-1 2 2 0 0 1 2-2H15v3"/><path d="M13.5 11.5v.1"/>`,
	"message":   `<path d="M3 4.5h14v9.5H9l-3.5 3V14H3z"/>`,
	"fields":    `<rect x="3" y="4" width="14" height="4.5" rx="1.2"/><rect x="3" y="11.5" width="14" height="4.5" rx="1.2"/>`,
}

// IconNames lists the icons in alphabetical order.
func IconNames() []string { return slices.Sorted(maps.Keys(icons)) }

// Icon returns an icon as inline SVG. With a label it is an image with that
// name; without one it is hidden from assistive technology, as an icon beside
// its word must be. It returns "" for a name that IconNames does not list.
func Icon(name, label string) string {
	shapes, known := icons[name]
	if !known {
		return ""
	}
	names := `aria-hidden="true" focusable="false"`
	if label != "" {
		names = `role="img" aria-label="` + html.EscapeString(label) + `"`
	}
	return `<svg class="icon" viewBox="0 0 20 20" ` + names + `>` + shapes + `</svg>`
}

// IconFile returns an icon as an SVG file of its own, drawn in the given
// colour at 20 px. It returns "" for a name that IconNames does not list.
func IconFile(name, colour string) string {
	shapes, known := icons[name]
	if !known {
		return ""
	}
	var file strings.Builder
	file.WriteString(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 20 20" width="20" height="20" fill="none" stroke="`)
	file.WriteString(html.EscapeString(colour))
	file.WriteString(`" stroke-width="1.5" stroke-linecap="round" stroke-linejoin="round">` + shapes + `</svg>`)
	return file.String()
}
