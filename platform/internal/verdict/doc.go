// Package verdict finds out why an app computes another signature for a webhook
// than the one it was sent.
//
// A signature is made of a key, of what is signed and of the form in which the
// result is written. Each of the three goes wrong in a few ways that are known
// from experience: the wrong secret or the right one in another form (key.go),
// a timestamp that is missing or another one (head.go), a body that was parsed
// and written again (body.go, rewrite.go), base64 where hex is meant
// (digest.go). Judge (judge.go) tries them, alone and two at a time, and the one
// that makes the very signature is the mistake: no other inputs would. It
// answers in sentences and never with a secret, or with a signature of its own.
package verdict
