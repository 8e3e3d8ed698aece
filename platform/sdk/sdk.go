package sdk

import _ "embed" // for the scripts

//go:embed app-bridge.js
var appBridge []byte

// AppBridge is the app's side of the app bridge: one classic script with one
// global, SeloraXBridge. PROTOCOL.md of the dashboard says what passes between
// the two sides.
func AppBridge() []byte { return appBridge }
