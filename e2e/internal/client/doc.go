// Package client speaks to the platform's API as a merchant's dashboard or an
// app's server does, and tells refusals apart by status and code.
package client
