// Package fault makes the platform misbehave on purpose, so that developers
// see what their app does about it: webhooks that are lost, late, doubled or
// badly signed, and API calls that are refused, slow or cut off.
//
// A rule (rule.go) says what it applies to and on which matches it acts: on
// each, on the first n or on every k-th, never by chance. Decide (decide.go)
// counts a match and picks the rule that acts, in the transaction of whoever
// asks, so that a count is exact under any number of callers. Rules are rows;
// they are kept in memory as well, so that without any a call costs nothing.
//
// What an effect does to a webhook is the business of package webhook; what it
// does to a call of the API is in api.go.
package fault
