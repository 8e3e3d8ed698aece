// Package platform calls the platform's API as the dashboard does: server to
// server, with the merchant's session token, and JSON both ways.
//
// A refusal comes back as an *Error with the platform's code; a platform that
// gives no usable answer as an error that is ErrUnreachable.
package platform
