// Package demo holds the fixed facts of the demo data: the stores, the logins
// and the apps that every sandbox starts with. The seed creates them and `sx`
// names them, both from here, so the two never disagree.
package demo
