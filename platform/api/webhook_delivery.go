package api

// Delivery states.
const (
	DeliveryPending   = "pending"
	DeliveryRetrying  = "retrying"
	DeliveryDelivered = "delivered"
	DeliveryDead      = "dead"
	DeliveryCancelled = "cancelled"
)

// DeliveryStatuses lists them.
var DeliveryStatuses = []string{DeliveryPending, DeliveryRetrying, DeliveryDelivered, DeliveryDead, DeliveryCancelled}

// Delivery is one event, or hook, on its way to one target.
type Delivery struct {
	DeliveryID     int64             `json:"delivery_id"`
	EventID        string            `json:"event_id"` // the same on every attempt
	EventTopic     string            `json:"event_topic"`
	SubscriptionID *int64            `json:"subscription_id"`
	AppID          *int64            `json:"app_id"`
	StoreID        int64             `json:"store_id"`
	TargetURL      string            `json:"target_url"`
	Status         string            `json:"status"`          // pending | retrying | delivered | dead | cancelled
	Farewell       Flag              `json:"farewell"`        // sent although the app is uninstalled
	Test           Flag              `json:"test"`            // asked for with …/test: one attempt, which counts for nothing
	ResentFrom     *int64            `json:"resent_from"`     // the delivery that it repeats
	AttemptCount   int               `json:"attempt_count"`   // made so far
	NextAttemptAt  *Time             `json:"next_attempt_at"` // null: none is due
	CreatedAt      Time              `json:"created_at"`
	UpdatedAt      Time              `json:"updated_at"`
	Attempts       []DeliveryAttempt `json:"attempts"` // oldest first
}

// DeliveryAttempt is one POST. ID is the X-SeloraX-Delivery-Id it carried.
type DeliveryAttempt struct {
	ID              string              `json:"id"`
	Number          int                 `json:"number"`
	StartedAt       Time                `json:"started_at"`
	DurationMS      int64               `json:"duration_ms"`
	ResponseStatus  *int                `json:"response_status"`
	ResponseBody    string              `json:"response_body"`             // first 20,000 bytes
	Error           *string             `json:"error"`                     // why there was no answer
	Fault           *string             `json:"fault"`                     // the effect of the fault rule that acted on it
	RequestHeaders  map[string][]string `json:"request_headers,omitempty"` // of a DeliveryDetail
	ResponseHeaders map[string][]string `json:"response_headers,omitempty"`
}

// DeliveryDetail is a delivery with the headers of each attempt and the body
// that it sends. The access token of a hook is masked.
type DeliveryDetail struct {
	Delivery
	RequestBody string `json:"request_body"`
}
