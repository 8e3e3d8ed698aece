// Package app keeps the record of every app: its URLs, what it asks for and
// its credentials. It serves the developer portal, where developers register
// apps, change them and take them through review.
//
//	draft ──► in_review ──► approved ◄──► suspended
//	              ▲   │
//	              │   ▼
//	             rejected
//
// What always holds:
//
//   - The client secret is kept as a hash. The session signing key and the
//     webhook secret, which the platform itself signs with, are sealed. Each is
//     answered once, when it is made.
//   - An app is listed in the marketplace while its developer wants it and it
//     is approved. A suspended app is not active: its credentials answer 401 and
//     its frame is closed, while its installations stay for its return.
//   - A slug belongs to one app for good, also after it is deleted. An app that
//     is installed anywhere cannot be deleted.
//   - A webhook secret is replaced in two steps: the next one signs beside the
//     current one for 24 hours and then takes its place (webhook_secret.go).
//   - Developers see their own apps and whatever has been submitted once; the
//     drafts of others do not exist for them. In the sandbox every developer may
//     review.
//   - A custom app belongs to one store and is known to neither portal nor
//     marketplace; see package custom.
package app
