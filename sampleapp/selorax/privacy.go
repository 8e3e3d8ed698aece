package selorax

// CustomerEvent is the data of the webhooks customers/data_request and
// customers/redact: whose data it is about.
type CustomerEvent struct {
	Customer struct {
		ID    int64  `json:"id"`
		Email string `json:"email"`
		Phone string `json:"phone"`
	} `json:"customer"`
}
