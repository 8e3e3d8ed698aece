// Package token keeps authorization codes, access tokens and refresh tokens.
//
// Only SHA-256 of each is stored. A code lives 60 s and is used once; its
// second use revokes what the first one gave. Tokens that descend from one
// code are a family. An access token lives 24 h of business time and ends with
// its family. A refresh token lives 30 days and is replaced by each use: the
// replaced one works again within 60 s (a lost answer, two processes of one
// app) and afterwards gives the family away as stolen, which revokes it. The
// token of a custom app lives a year and has no refresh token. What has expired
// is deleted a day later by whoever makes something new (sweep.go).
package token
