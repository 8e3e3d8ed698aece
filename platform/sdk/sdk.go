package sdk

import _ "embed" // for the scripts

//go:embed app-bridge.js
var appBridge []byte

//go:embed ui.js
var ui []byte

// AppBridge is the app's side of the app bridge: one classic script with one
// global, SeloraXBridge. PROTOCOL.md of the dashboard says what passes between
// the two sides.
func AppBridge() []byte { return appBridge }

// UI is the extension's side of mode sandbox: one classic script with one
// global, selorax. EXTENSIONS.md of the dashboard says what passes between it
// and the page around it.
func UI() []byte { return ui }
