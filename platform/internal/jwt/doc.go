// Package jwt signs and verifies the platform's JSON Web Tokens: HS256 only,
// with an expiry, always in machine time.
package jwt
