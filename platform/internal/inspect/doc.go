// Package inspect keeps what the platform saw lately, for developers who look
// on: calls of apps with their answers (exchange.go), attempts to deliver
// webhooks, events (follow.go), messages between an app's page and the dashboard
// (bridge.go), and what developers did to the sandbox. Each is an entry of one Log.
//
// The log lives in memory and has bounds, in entries and in bytes: the oldest
// makes room for the newest, and a restart begins with an empty one. Watching
// costs a call no transaction. Each process has a log of its own.
//
// Secrets, codes and tokens are masked before they are kept (mask.go). A
// developer sees entries of the stores that they may open and of the apps that
// they own, and those that nobody could be recognised in.
package inspect
