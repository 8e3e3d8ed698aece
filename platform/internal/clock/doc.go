// Package clock keeps the sandbox's two times apart.
//
// Business time stamps records and decides when charges, renewals, retries and
// expiries fall due; it may be frozen or moved forward. Machine time decides
// what two computers must agree on (signatures, session tokens, codes) and how
// long things take; it only ever is what the machine says.
package clock
