package site_test

import (
	"fmt"

	"github.com/selorax/sandbox/platform/api"

	"github.com/selorax/sandbox/dashboard/internal/platformtest"
)

// stockBlock is an extension as a real app has it on the order page.
const stockBlock = `{"extension_id": "stock-check", "target": "order.detail.block", "title": "Stock after this order", "loader": {"type": "call_backend", "url": "/ext/stock"},
	"state": {"loaded": false, "note": ""}, "ui": {"type": "Card", "props": {"title": "Stock after this order", "subtitle": "For {{context.order.order_number}}"}, "children": [
	{"type": "Spinner", "when": "{{!state.loaded}}", "props": {"label": "Reading the stock"}},
	{"type": "BlockStack", "when": "{{state.loaded}}", "props": {"gap": "lg"}, "children": [
		{"type": "Banner", "props": {"variant": "warning", "title": "{{state.short}} item runs short", "content": "Premium Rose Bouquet sells out in 3 days at this pace."}},
		{"type": "Table", "props": {"caption": "Items", "columns": [{"key": "item", "title": "Item"}, {"key": "left", "title": "Left", "align": "end"}, {"key": "days", "title": "Lasts", "align": "end"}], "rows": "{{state.rows}}"}},
		{"type": "Grid", "props": {"columns": 2}, "children": [
			{"type": "KeyValue", "props": {"items": [{"label": "Supplier", "value": "Savar Flower Co."}, {"label": "Lead time", "value": "2 days"}, {"label": "Last order", "value": "28 Jan"}]}},
			{"type": "Progress", "props": {"label": "Safety stock", "value": 35, "variant": "warning"}}]},
		{"type": "InlineStack", "props": {"gap": "sm"}, "children": [{"type": "Badge", "props": {"content": "Reorder soon", "variant": "warning"}}, {"type": "Badge", "props": {"content": "Auto", "variant": "success"}}, {"type": "Tag", "props": {"label": "Flowers"}}]},
		{"type": "Divider"},
		{"type": "TextField", "props": {"label": "Note to the supplier", "placeholder": "Deliver before noon", "helpText": "Sent with the purchase order.", "value": "{{state.note}}"}, "actions": {"onChange": {"type": "set_state", "key": "note", "value": "{{$value}}"}}},
		{"type": "InlineStack", "children": [{"type": "Select", "props": {"label": "Quantity", "options": ["20 stems", "50 stems", "100 stems"]}}, {"type": "Toggle", "props": {"label": "Repeat every week", "checked": true}}]},
		{"type": "ButtonGroup", "children": [
			{"type": "Button", "props": {"label": "Reorder 20", "variant": "primary"}, "actions": {"onClick": {"type": "call_backend", "url": "/ext/fail"}}},
			{"type": "Button", "props": {"label": "Details"}, "actions": {"onClick": {"type": "open_modal", "title": "Premium Rose Bouquet", "ui": {"type": "BlockStack", "children": [
				{"type": "Text", "props": {"content": "Sold 14 in the last seven days, most of them on Friday."}},
				{"type": "List", "props": {"items": ["4 in the shop", "10 on their way", "6 reserved by open orders"]}},
				{"type": "ButtonGroup", "children": [{"type": "Button", "props": {"label": "Reorder 20", "variant": "primary"}}, {"type": "Button", "props": {"label": "Close"}, "actions": {"onClick": {"type": "close_modal"}}}]}]}}}},
			{"type": "Link", "props": {"url": "https://example.com/", "content": "Open the supplier"}}]}]}]}}`

// brokenBlock has a component that does not exist.
const brokenBlock = `{"extension_id": "labels", "target": "order.detail.block", "title": "Labels", "ui": {"type": "Card", "children": [{"type": "Texxt"}]}}`

// widgets are extensions on the home page.
var widgets = []string{
	`{"extension_id": "overview", "target": "dashboard.widget", "title": "Reorder soon", "ui": {"type": "BlockStack", "children": [
		{"type": "Grid", "props": {"columns": 2}, "children": [{"type": "BlockStack", "props": {"gap": "none"}, "children": [{"type": "Text", "props": {"content": "Running short", "tone": "subdued"}}, {"type": "Heading", "props": {"level": 1, "content": "3 variants"}}]},
			{"type": "BlockStack", "props": {"gap": "none"}, "children": [{"type": "Text", "props": {"content": "On their way", "tone": "subdued"}}, {"type": "Heading", "props": {"level": 1, "content": "10"}}]}]},
		{"type": "Progress", "props": {"label": "Safety stock", "value": 62}},
		{"type": "Button", "props": {"label": "Open Restock", "url": "/apps/e/restock"}}]}}`,
	`{"extension_id": "alerts", "target": "dashboard.widget", "title": "Alerts", "ui": {"type": "Card", "props": {"title": "Alerts"}, "children": [
		{"type": "EmptyState", "props": {"heading": "All is well", "content": "Alerts show here when a product sells faster than usual."}}]}}`,
	`{"extension_id": "plan", "target": "dashboard.widget", "title": "This week", "ui": {"type": "DescriptionList", "props": {"items": [{"term": "Monday", "description": "Roses, 40"}, {"term": "Wednesday", "description": "Tuberose, 20"}, {"term": "Friday", "description": "Marigold, 60"}]}}}`,
}

// productShot and labelAction are a block and an action on a record's page.
const (
	productShot = `{"extension_id": "waiting", "target": "product.detail.block", "title": "Who waits", "ui": {"type": "Card", "props": {"title": "Stock and who waits for it"}, "children": [
		{"type": "Table", "props": {"caption": "Variants", "columns": [{"key": "v", "title": "Variant"}, {"key": "l", "title": "Left", "align": "end"}], "rows": [{"v": "Small", "l": 0}, {"v": "Large", "l": 14}]}},
		{"type": "TextField", "props": {"label": "Who wants to be told", "placeholder": "01712345678 or an email address"}},
		{"type": "InlineStack", "children": [{"type": "Button", "props": {"label": "Put on the waiting list"}}]}]}}`
	partsShot = `{"extension_id": "parts", "target": "product.detail.block", "title": "Supply", "ui": {"type": "Page", "props": {"title": "Supply", "subtitle": "Savar Flower Co.", "primaryAction": {"content": "Order"}, "secondaryActions": [{"content": "History"}]}, "children": [
		{"type": "Tabs", "props": {"tabs": [{"id": "a", "label": "Plan"}, {"id": "b", "label": "Prices"}]}, "children": [{"type": "Layout", "children": [
			{"type": "LayoutSection", "props": {"title": "When"}, "children": [{"type": "RadioGroup", "props": {"label": "How often", "value": "w", "options": [{"label": "Every week", "value": "w", "helpText": "On Fridays"}, {"label": "Every month", "value": "m"}]}}, {"type": "DatePicker", "props": {"label": "First on", "value": "2026-02-06"}}]},
			{"type": "LayoutSection", "props": {"title": "Who", "oneThird": true}, "children": [{"type": "InlineStack", "children": [{"type": "Avatar", "props": {"name": "Nusrat Jahan"}}, {"type": "Text", "props": {"content": "Nusrat Jahan"}}]}, {"type": "ActionMenu", "props": {"label": "More", "items": [{"label": "Call"}]}}]}]}]},
		{"type": "Accordion", "props": {"items": [{"title": "Terms", "content": "Payment within 30 days.", "open": true}, {"title": "Delivery", "content": "Before noon."}]}},
		{"type": "Pagination", "props": {"page": 2, "totalPages": 5}}]}}`
	labelAction = `{"extension_id": "label", "target": "order.detail.action", "title": "Print label", "action_url": "/label"}`
)

// deployShots fills the pages with extensions, for the pictures.
func (d *dashboard) deployShots() {
	for _, text := range append([]string{stockBlock, brokenBlock, markAction, productShot, partsShot, labelAction}, widgets...) {
		d.Deploy("restock", text)
	}
	d.Deploy("restock", lowStock)
	d.fillInbox()
	d.deployTwice()
	d.Backend(func(in api.ExtensionActionRequest) (any, error) {
		if in.URL == "/ext/fail" {
			return nil, platformtest.AppFails(api.CodeAppUnreachable, "Nothing listens at restock.localhost:5010.")
		}
		return raw(`{"update_state": {"loaded": true, "short": 1, "rows": [{"item": "Premium Rose Bouquet, Small", "left": 4, "days": "3 days"}, {"item": "Tuberose Garland, Small", "left": 21, "days": "30 days"}]}}`), nil
	})
}

// appears waits for an element and brings it into view.
const appears = `const appears = async (css) => {
	while (!document.querySelector(css)) await new Promise(requestAnimationFrame);
	document.querySelector(css).scrollIntoView({block: 'center', behavior: 'instant'});
};`

// see is the script of a shot that shows an element.
func see(css string) string { return fmt.Sprintf("%s await appears(%q);", appears, css) }

// pressed is the script of a shot that presses a button and shows what comes.
func pressed(button, css string) string {
	return fmt.Sprintf("%s await appears(%q); document.querySelector(%q).click(); await appears(%q);", appears, button, button, css)
}

// extensionShots are pages with extensions on them.
var extensionShots = []shot{
	{"versions", "/22/developer/extensions", ""}, {"versions-rollback", "/22/developer/extensions", "document.querySelector('[data-testid=rollback]').click()"},
	{"customers", "/22/customers", ""}, {"customer", "/22/customers/22301", ""}, {"customers-none", "/22/customers?search=nobody", ""},
	{"home-widgets", "/22", see("ext-slot")}, {"order-block", "/22/orders/1200", see(".ext-body table")},
	{"order-block-fields", "/22/orders/1200", see("[data-extension-id=labels]")}, {"order-block-failed", "/22/orders/1200", pressed(".ext-body .button-primary", "[data-code=app_unreachable]")},
	{"orders-selected", "/22/orders", pressed("tbody tr:nth-child(2) [data-select]", "[data-selection-bar]")}, {"products-selected", "/22/products", pressed("tbody tr:nth-child(2) [data-select]", "[data-selection-bar]")}, {"product-block", "/22/products/150", see(".ext-body table")}, {"product-parts", "/22/products/150", see(".ext-layout")},
	{"extension-settings", "/22/settings/apps/restock", "document.querySelector('[data-testid=extension-settings]').click(); document.querySelector('#extensions').scrollIntoView()"},
	{"gallery", "/22/developer/components", see("#Stack [data-drawn] *")}, {"gallery-props", "/22/developer/components", see("#Table [data-drawn] *") + "document.querySelector('#Table details').open = true; document.querySelector('#Table').scrollIntoView()"},
	{"messages", "/22/developer/messages", ""}, {"messages-empty", "/24/developer/messages", ""},
	{"order-actions", "/22/orders/1200", see("[data-testid=ext-action] img")},
	{"order-block-modal", "/22/orders/1200", pressed(".ext-body .button:not(.button-primary)", "[data-testid=ext-modal]")},
}
