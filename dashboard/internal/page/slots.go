package page

// Slots are the places of a page where apps show extensions.
type Slots struct {
	StoreID int64
	Images  string // the origin that pictures may come from
	Context string // what templates of extensions see as context, as JSON
}

// Link is an item that an app has put into the navigation.
type Link struct {
	Title string
	URL   string
}
