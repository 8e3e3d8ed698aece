package api

// Steps of the tour, in the order in which they are taken.
const (
	TourInstall   = "install"   // an app is installed on the store
	TourOrder     = "order"     // something happened to an order
	TourDelivery  = "delivery"  // a webhook was delivered
	TourFault     = "fault"     // a fault acted on a webhook
	TourResend    = "resend"    // a delivery was sent again
	TourCharge    = "charge"    // a charge was approved and paid
	TourClock     = "clock"     // business time was moved
	TourMessage   = "message"   // an app sent a message
	TourUninstall = "uninstall" // an app was uninstalled
	TourOwnApp    = "own_app"   // the developer registered an app
)

// TourSteps lists them.
var TourSteps = []string{TourInstall, TourOrder, TourDelivery, TourFault, TourResend, TourCharge, TourClock, TourMessage, TourUninstall, TourOwnApp}

// TourStep is a step and whether the platform saw it happen.
type TourStep struct {
	Step string `json:"step"`
	Done Flag   `json:"done"`
	// At is the business time of the first time, null before it.
	At *Time `json:"at"`
}
