// Package selorax talks to the SeloraX platform the way an app has to: OAuth
// with PKCE, the REST API with retries, and the three signatures an app checks
// (session tokens, the frame's address, webhooks).
//
// It keeps no state. Where tokens are stored and when they are renewed is the
// app's business; every call takes the access token it is made with.
package selorax
