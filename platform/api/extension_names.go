package api

import "encoding/json"

// ExtensionTargets lists the places where extensions appear, those of the
// dashboard before those of the storefront.
var ExtensionTargets = []string{
	TargetOrderDetailBlock, "order.detail.action", "order.detail.print-action", "order.list.action", "order.list.selection-action",
	"product.detail.block", "product.detail.action", "product.detail.print-action", "product.list.action", "product.list.selection-action",
	"customer.detail.block", "customer.detail.action", "customer.list.action", "customer.list.selection-action",
	TargetDashboardWidget, "dashboard.block",
	TargetNavigationLink, "settings.page", TargetGlobalAction,
	"pos.action", "pos.cart.block",
	"checkout.block", "checkout.action",
	"fulfillment.detail.block", "fulfillment.detail.action",

	"storefront.product.block", "storefront.product.action", "storefront.cart.block", "storefront.checkout.block",
	"storefront.homepage.block", "storefront.global.embed", "storefront.header.block", "storefront.footer.block", "storefront.thankyou.block",
}

// TargetsShown lists the targets that a page of the sandbox has a place for. At
// the others extensions are accepted and kept.
var TargetsShown = []string{
	TargetOrderDetailBlock, "order.detail.action", "order.detail.print-action", "order.list.action", TargetOrderListSelection,
	"product.detail.block", "product.detail.action", "product.detail.print-action", "product.list.action", TargetProductListSelection,
	"customer.detail.block", "customer.detail.action", "customer.list.action", "customer.list.selection-action",
	TargetDashboardWidget, "dashboard.block", TargetNavigationLink, "settings.page", TargetGlobalAction,
}

// ExtensionComponents lists the components of a tree.
var ExtensionComponents = []string{
	// layout
	"Stack", "Grid", "Card", "Divider", "Separator", "Box", "InlineStack", "BlockStack", "InlineGrid", "Bleed", "Layout",
	"LayoutSection", "Page", "ButtonGroup", "Collapsible",
	// display
	"Text", "Heading", "Image", "Badge", "Icon", "KeyValue", "Table", "List", "Thumbnail", "Banner", "CalloutCard", "EmptyState",
	"Tag", "SkeletonBodyText", "DescriptionList", "MediaCard", "FooterHelp", "Avatar", "SkeletonPage", "SkeletonDisplayText",
	"SkeletonThumbnail", "VideoThumbnail", "ExceptionList",
	// data
	"IndexTable", "DataTable", "Filters", "Pagination",
	// input
	"TextField", "TextArea", "Select", "Checkbox", "RadioGroup", "Toggle", "DatePicker", "Autocomplete", "ColorPicker", "DropZone",
	"RangeSlider",
	// action, resource, feedback, text
	"Button", "Link", "ActionMenu", "PageActions", "ResourceItem", "ResourceList", "Alert", "Progress", "Spinner", "Truncate", "TextStyle",
	// overlay
	"Modal", "Drawer", "Tabs", "Accordion", "Popover", "Tooltip", "Sheet", "Scrollable", "OptionList", "Listbox",
}

// ExtensionActions lists the types of actions.
var ExtensionActions = []string{
	ActCallBackend, ActNavigate, ActOpenModal, ActOpenDrawer, ActCloseModal, ActCloseDrawer, ActOpenLink, ActSetState, ActShowToast, ActCopy,
}

// SettingTypes lists the types of a settings field.
var SettingTypes = []string{"text", "number", "toggle", "select", "textarea", "color"}

// SettingField is one field of an extension's settings_schema.
type SettingField struct {
	Key         string          `json:"key"` // lower case, digits and underscores
	Label       string          `json:"label"`
	Type        string          `json:"type"` // text | number | toggle | select | textarea | color
	Default     any             `json:"default,omitempty"`
	Description string          `json:"description,omitempty"`
	Placeholder string          `json:"placeholder,omitempty"` // text, textarea and number
	Required    bool            `json:"required,omitempty"`
	Options     []SettingOption `json:"options,omitempty"` // select
}

// SettingOption is one choice of a select.
type SettingOption struct {
	Label string `json:"label"`
	Value string `json:"value"`
}

// ExtensionSettings are what a store has set for an extension (GET and PUT
// /api/apps/extensions/{extension_id}/settings?store_id=22).
type ExtensionSettings struct {
	ExtensionID    string          `json:"extension_id"`
	Title          string          `json:"title"`
	InstallationID int64           `json:"installation_id"`
	App            AppCard         `json:"app"`
	SettingsSchema []SettingField  `json:"settings_schema"` // the form
	Settings       json.RawMessage `json:"settings"`        // what {{settings.…}} holds: values that were set, and else the defaults
}

// ExtensionSettingsInput is the body of PUT
// /api/apps/extensions/{extension_id}/settings.
type ExtensionSettingsInput struct {
	Settings json.RawMessage `json:"settings"` // an object of values by key; null takes one back to its default
}
