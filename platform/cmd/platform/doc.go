// Command platform serves the SeloraX platform of a sandbox: OAuth, REST API,
// webhooks and the control API, on one embedded database.
package main
