package api

import "encoding/json"

// Modes of an extension.
const (
	ExtensionJSON    = "json"
	ExtensionSandbox = "sandbox"
)

// Targets that are named in code.
const (
	TargetOrderDetailBlock     = "order.detail.block"
	TargetOrderListSelection   = "order.list.selection-action"
	TargetProductListSelection = "product.list.selection-action"
	TargetDashboardWidget      = "dashboard.widget"
	TargetNavigationLink       = "navigation.link"
	TargetGlobalAction         = "global.action"
)

// Limits of a set of extensions.
const (
	MaxExtensions = 50
	MaxTreeDepth  = 10
	MaxTreeNodes  = 500
	MaxTreeBytes  = 64 << 10
)

// Extension is one piece of an app in the dashboard, as it is deployed and
// returned.
type Extension struct {
	ExtensionID    string          `json:"extension_id"` // unique within the app: lower case, digits and hyphens
	Target         string          `json:"target"`
	Title          string          `json:"title"`
	Mode           string          `json:"mode"`             // json, the default, or sandbox
	UI             json.RawMessage `json:"ui,omitempty"`     // mode json: a Node; an action may go without
	State          json.RawMessage `json:"state,omitempty"`  // what {{state.…}} holds at first, an object
	Loader         *Action         `json:"loader,omitempty"` // a call_backend made when the extension appears
	SandboxURL     string          `json:"sandbox_url,omitempty"`
	ActionURL      string          `json:"action_url,omitempty"` // default of call_backend, relative to app_url; what an action without ui calls, where a link without ui leads
	SettingsSchema []SettingField  `json:"settings_schema,omitempty"`
}

// Node is one component of an extension's tree. Children may also be text.
type Node struct {
	Type     string                     `json:"type"`
	Props    map[string]json.RawMessage `json:"props,omitempty"`
	Children []json.RawMessage          `json:"children,omitempty"` // nodes or strings
	Actions  map[string]json.RawMessage `json:"actions,omitempty"`  // onClick, onChange, …: an Action or a list of them
	When     string                     `json:"when,omitempty"`     // also accepted as props.when
}

// Action types of extensions.
const (
	ActCallBackend = "call_backend"
	ActNavigate    = "navigate"
	ActOpenModal   = "open_modal"
	ActOpenDrawer  = "open_drawer"
	ActCloseModal  = "close_modal"
	ActCloseDrawer = "close_drawer"
	ActOpenLink    = "open_link"
	ActSetState    = "set_state"
	ActShowToast   = "show_toast"
	ActCopy        = "copy"
)

// Action is what an extension does on an event.
type Action struct {
	Type    string          `json:"type"`
	URL     string          `json:"url,omitempty"`    // call_backend, navigate, open_link
	Method  string          `json:"method,omitempty"` // call_backend: POST, the default
	Body    json.RawMessage `json:"body,omitempty"`   // call_backend: an object; templates in it are resolved
	Key     string          `json:"key,omitempty"`    // set_state
	Value   json.RawMessage `json:"value,omitempty"`  // set_state, copy
	Title   string          `json:"title,omitempty"`  // open_modal, open_drawer
	UI      *Node           `json:"ui,omitempty"`     // open_modal, open_drawer
	Message string          `json:"message,omitempty"`
	Variant string          `json:"variant,omitempty"` // show_toast: info | success | warning | error
}

// DeployRequest is the body of POST /api/apps/extensions/app/deploy. The set
// replaces the one before, all of it or nothing.
type DeployRequest struct {
	Extensions []Extension `json:"extensions"`
	Message    string      `json:"message"`
}

// Deployed says what a deploy or a rollback did.
type Deployed struct {
	Version              int `json:"version"`
	Deployed             int `json:"deployed"`              // extensions
	InstallationsUpdated int `json:"installations_updated"` // active installations that show the new set
	// Warnings are sentences about what was accepted and has no effect, or may
	// not be what was meant.
	Warnings []string `json:"warnings,omitempty"`
}

// DeployRefused is the body of a refused deploy: Errors is a list of
// sentences, as the command line of the platform prints them.
type DeployRefused struct {
	Message   string   `json:"message"`
	Code      string   `json:"code"`
	Status    int      `json:"status"`
	Errors    []string `json:"errors"`
	RequestID string   `json:"request_id,omitempty"`
}

// ExtensionVersion is one deployed set.
type ExtensionVersion struct {
	Version    int         `json:"version"`
	DeployedAt Time        `json:"deployed_at"`
	Message    string      `json:"message"`
	Active     Flag        `json:"active"`
	Extensions []Extension `json:"extensions"`
}

// RollbackRequest is the body of POST /api/apps/extensions/app/rollback.
type RollbackRequest struct {
	Version int `json:"version"`
}

// PlacedExtension is an extension on a store, with the app it comes from (GET
// /api/apps/extensions?store_id=22&target=order.detail.block).
type PlacedExtension struct {
	Extension
	InstallationID int64           `json:"installation_id"`
	Version        int             `json:"version"`
	App            AppCard         `json:"app"`
	Settings       json.RawMessage `json:"settings"`            // what {{settings.…}} holds, an object
	FrameURL       string          `json:"frame_url,omitempty"` // mode sandbox: the page that runs its script, for a frame without an origin
}

// ExtensionPlace says that a store shows an extension at a target (GET
// /api/apps/extensions/places?store_id=22).
type ExtensionPlace struct {
	ExtensionID string  `json:"extension_id"`
	Target      string  `json:"target"`
	Title       string  `json:"title"`
	ActionURL   string  `json:"action_url,omitempty"`
	Draws       bool    `json:"draws"` // has a tree or a script of its own
	App         AppCard `json:"app"`
}

// ExtensionActionRequest is the body of POST /api/apps/extensions/action: the
// dashboard's call to an app's backend through the platform.
type ExtensionActionRequest struct {
	StoreID        int64           `json:"store_id"`
	InstallationID int64           `json:"installation_id"`
	ExtensionID    string          `json:"extension_id"`
	URL            string          `json:"url"`    // relative: resolved against the app's app_url; "" for action_url
	Method         string          `json:"method"` // GET, POST, PUT, PATCH or DELETE; POST is the default
	Body           json.RawMessage `json:"body"`   // an object, or nothing
}

// ExtensionAPIRequest is the body of POST /api/apps/extensions/api: a call of an
// extension of mode sandbox to the API, with the scopes of its installation.
type ExtensionAPIRequest struct {
	StoreID        int64           `json:"store_id"`
	InstallationID int64           `json:"installation_id"`
	ExtensionID    string          `json:"extension_id"`
	Method         string          `json:"method"` // GET, the default, POST, PUT, PATCH or DELETE
	Path           string          `json:"path"`   // /api/apps/v1/…, with its query
	Body           json.RawMessage `json:"body"`   // what the route takes, or nothing
}

// ExtensionAPIAnswer is what the API said to an extension, a refusal too.
type ExtensionAPIAnswer struct {
	Status int             `json:"status"`
	Body   json.RawMessage `json:"body"` // the envelope, or the problem
}

// Codes of a call to an app's backend that failed.
const (
	CodeAppUnreachable = "app_unreachable" // 502 no connection, or an address that must not be dialled
	CodeAppTimeout     = "app_timeout"     // 504 no complete answer in time
	CodeAppError       = "app_error"       // 502 the app answered 4xx or 5xx
	CodeAppBadAnswer   = "app_bad_answer"  // 502 not a JSON object, or too large
)

// Directives is what an app's backend answers to an extension's call: the bare
// object. Unknown keys are ignored.
type Directives struct {
	UpdateState json.RawMessage `json:"update_state,omitempty"` // merged into the state
	UpdateUI    *Node           `json:"update_ui,omitempty"`    // replaces the tree
	ShowToast   *Toast          `json:"show_toast,omitempty"`
	Navigate    string          `json:"navigate,omitempty"` // path in the dashboard: /3/orders
	OpenModal   *ModalView      `json:"open_modal,omitempty"`
	CloseModal  bool            `json:"close_modal,omitempty"`
	Refetch     []string        `json:"refetch,omitempty"`
}

// Toast is a short message over the page.
type Toast struct {
	Message string `json:"message"`
	Type    string `json:"type"` // info | success | warning | error
}

// ModalView is what opens in a dialog.
type ModalView struct {
	Title string `json:"title"`
	UI    *Node  `json:"ui"`
}
