// Package framing says whether a page may be framed, from the headers of its
// answer, as browsers decide it: Content-Security-Policy's frame-ancestors,
// and X-Frame-Options where there is none. It imports nothing of ours.
package framing
