// Package selorax is what an app needs to live on the SeloraX platform, free
// of anything that is special to this app. Take the folder along.
//
//   - Client talks to the OAuth and REST endpoints, with retries.
//   - Sessions verifies the session tokens that the dashboard gives the app's
//     frame.
//   - VerifyFrame checks the signed URL that the frame was opened with.
//   - Webhooks verifies deliveries.
//
// Everything is safe for concurrent use and needs no storage.
package selorax
