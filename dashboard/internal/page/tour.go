package page

import "github.com/selorax/sandbox/platform/api"

// TourStep is a step of the tour in words: what to do, where, and what it shows.
type TourStep struct {
	api.TourStep
	Title, About string
	Place        string // below the store's pages
	Go           string // what the link says
	Command      string // the same on the command line, "" for none
	Next         bool   // the first that is not done
}

var tourWords = map[string]TourStep{
	api.TourInstall: {
		Title: "Install an app", About: "You are asked for consent as a merchant is. The app gets a code, and makes tokens of it.",
		Place: "/apps/marketplace/restock", Go: "Install Restock", Command: "sx install restock",
	},
	api.TourOrder: {
		Title: "Let something happen to an order", About: "Change an order’s status as a merchant would. Every app that follows orders is told.",
		Place: "/orders", Go: "Open the orders", Command: "sx trigger order.created",
	},
	api.TourDelivery: {
		Title: "See a webhook arrive", About: "Open it: what was sent and signed, what the app answered, and how long it took.",
		Place: "/developer/inspector?kind=webhook", Go: "Open the inspector", Command: "sx listen",
	},
	api.TourFault: {
		Title: "Make a webhook go wrong", About: "Set a fault for one attempt, then let something happen again. Does the app notice a copy, or a signature that is wrong?",
		Place: "/developer/faults", Go: "Set a fault", Command: "sx fault set webhook duplicate --first 1",
	},
	api.TourResend: {
		Title: "Send a delivery again", About: "The event keeps its id, so that an app that saw it already leaves it alone.",
		Place: "/developer/inspector?kind=webhook", Go: "Choose a delivery", Command: "sx events resend EVENT_ID",
	},
	api.TourCharge: {
		Title: "Pay for something", About: "Buy the reorder report in Restock: approve the charge, and pay with test money. The app delivers when it hears of it.",
		Place: "/apps/e/restock", Go: "Open Restock",
	},
	api.TourClock: {
		Title: "Let time pass", About: "The clock is in the bar of every page of yours. A month renews subscriptions, ends trials and tries again what failed.",
		Place: "", Go: "Go to the home page", Command: "sx clock advance 30d",
	},
	api.TourMessage: {
		Title: "Read what an app sends", About: "Restock tells customers who wait that something is back. SMS, email and push end up here, and nowhere else.",
		Place: "/developer/messages", Go: "Open the messages", Command: "sx trigger message.delivered",
	},
	api.TourUninstall: {
		Title: "Uninstall the app", About: "Its tokens end at once, and its last webhooks tell it to clean up.",
		Place: "/settings/apps/restock", Go: "Open its settings", Command: "sx uninstall restock",
	},
	api.TourOwnApp: {
		Title: "Register an app of your own", About: "It gets credentials, and is installed like Restock. The first of the guides builds one in five minutes.",
		Place: "/developer/apps/new", Go: "Register an app", Command: "sx app create --app-name \"Order notes\" --app-url http://localhost:3000",
	},
}

// NewTour puts the steps into words. Steps that this dashboard does not know
// are left out.
func NewTour(steps []api.TourStep) (tour []TourStep) {
	next := false
	for _, step := range steps {
		words, ok := tourWords[step.Step]
		if !ok {
			continue
		}
		words.TourStep = step
		words.Next = !next && !bool(step.Done)
		next = next || words.Next
		tour = append(tour, words)
	}
	return tour
}
