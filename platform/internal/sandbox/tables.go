package sandbox

// belonging says which rows of a table are a store's.
type belonging struct{ table, where string }

const (
	byStore        = `store_id = $1`
	byOrder        = `order_id IN (SELECT id FROM shop_order WHERE store_id = $1)`
	byInstallation = `installation_id IN (SELECT id FROM installation WHERE store_id = $1)`
	byCharge       = `charge_id IN (SELECT id FROM charge WHERE store_id = $1)`
	byCustomApp    = `app_id IN (SELECT id FROM app WHERE store_id = $1)`
)

// ofStore lists the tables that hold what is a store's, each before those it
// refers to.
var ofStore = []belonging{
	{"timer", byStore},
	{"delivery_attempt", `delivery_id IN (SELECT id FROM delivery WHERE store_id = $1)`},
	{"delivery", byStore},
	{"event", byStore},
	{"subscription", byStore},
	{"ledger_posting", `movement_id IN (SELECT id FROM ledger_movement WHERE store_id = $1)`},
	{"ledger_movement", byStore},
	{"wallet_transaction", `wallet_id IN (SELECT id FROM wallet WHERE store_id = $1)`},
	{"wallet", byStore},
	{"usage_charge", byStore},
	{"refund", byCharge},
	{"payment", byCharge},
	{"payment_method", byStore},
	{"charge_entry", byCharge},
	{"charge", byStore},
	{"message", byStore},
	{"metafield", byStore},
	{"extension_setting", byInstallation},
	{"access_token", byInstallation},
	{"refresh_token", byInstallation},
	{"authorization_code", byStore},
	{"authorization_request", byStore},
	{"installation", byStore},
	{"discount_use", byOrder},
	{"order_timeline", byOrder},
	{"order_payment", byOrder},
	{"order_item", byOrder},
	{"shop_order", byStore},
	{"order_count", byStore},
	{"order_number", byStore},
	{"discount", byStore},
	{"shipping_method", byStore},
	{"shipping_zone", byStore},
	{"variant", byStore},
	{"product", byStore},
	{"category", byStore},
	{"picture", byStore},
	{"customer", byStore},
	{"fault", `store_id = $1 OR ` + byCustomApp},
	{"extension_version", byCustomApp},
	{"metafield_definition", byCustomApp},
	{"app", byStore}, // custom apps
	{"account_store", byStore},
	{"store", `id = $1`},
}

// ofNoStore lists the tables that hold nothing of a store.
var ofNoStore = []string{"idempotency_key", // whose owner names a store
	"account", "clock", "clock_fired", "clock_operation", "process", "schema_migration", "session"}
