// Package access finds out which installation makes an app-facing call: by a
// Bearer access token, a session token, or client credentials.
//
// Whatever the credential, the scopes in force are read from the installation
// at each request, so a scope that the merchant took back ends at once; an
// access token never has more than it was issued with.
package access
