// Package ui draws the few pages that the platform shows to people itself: its
// front page, and refusals that must not be redirected anywhere, such as an
// authorization request of an unknown app.
//
// Pages are html/template with one stylesheet, no script, and a policy that
// allows nothing else and no frame around them. Assets have the hash of their
// content in the URL and are cached for ever.
package ui
