// Package browser drives a headless Chromium: pages with cookies of their own,
// elements that are clicked and typed into as a person does, frames of other
// sites.
//
// browser.go alone knows the library behind it.
package browser
