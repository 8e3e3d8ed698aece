package api

// Envelope wraps every success answer but the OAuth ones.
type Envelope[T any] struct {
	Message string `json:"message"`
	Data    T      `json:"data"`
	Status  int    `json:"status"`
}

// List wraps a page of records.
type List[T any] struct {
	Message    string     `json:"message"`
	Data       []T        `json:"data"`
	Pagination Pagination `json:"pagination"`
	Status     int        `json:"status"`
}

// Pagination says which page a List is. Total counts all matching records.
type Pagination struct {
	Page       int `json:"page"`
	Limit      int `json:"limit"`
	Total      int `json:"total"`
	TotalPages int `json:"total_pages"`
}

// Error is the body of every refusal. Status equals the HTTP status; RequestID
// equals the X-Request-Id header.
type Error struct {
	Message   string       `json:"message"`
	Code      string       `json:"code"`
	Status    int          `json:"status"`
	Errors    []FieldError `json:"errors,omitempty"`
	RequestID string       `json:"request_id,omitempty"`
	// Of insufficient_balance and cap_exceeded: what there is, and what it takes.
	Balance  *Money `json:"balance,omitempty"`
	Required *Money `json:"required,omitempty"`
}

// FieldError names one bad field of a request.
type FieldError struct {
	Field   string `json:"field"`
	Message string `json:"message"`
}

// Error codes. They are stable: clients switch on them.
const (
	CodeMissingToken         = "missing_token"          // 401 no credentials at all
	CodeInvalidToken         = "invalid_token"          // 401 unknown, expired or revoked Bearer
	CodeInvalidClient        = "invalid_client"         // 401 unknown client id or wrong secret
	CodeMissingStoreID       = "missing_store_id"       // 400 client credentials without a store
	CodeNotInstalled         = "not_installed"          // 401 no active installation
	CodeInsufficientScope    = "insufficient_scope"     // 403 scope not granted
	CodeForbidden            = "forbidden"              // 403 the signed-in user may not do this
	CodeSessionRequired      = "session_required"       // 401 dashboard session missing or ended
	CodeInvalidCredentials   = "invalid_credentials"    // 401 wrong email or password
	CodeValidation           = "validation_error"       // 400 with errors[]
	CodeInsufficientBalance  = "insufficient_balance"   // 402 the wallet holds less: balance, required
	CodeCapExceeded          = "cap_exceeded"           // 402 the month's usage would cost more than agreed: balance is what is left
	CodeNotFound             = "not_found"              // 404 also for another tenant's id
	CodeMethodNotAllowed     = "method_not_allowed"     // 405
	CodeConflict             = "conflict"               // 409 illegal state move, duplicate
	CodePayloadTooLarge      = "payload_too_large"      // 413
	CodeUnsupportedMediaType = "unsupported_media_type" // 415
	CodeUpgradeRequired      = "upgrade_required"       // 426 the address is a WebSocket
	CodeRateLimited          = "rate_limited"           // 429 with Retry-After
	CodeTryAgain             = "try_again"              // 503 the database is contended
	CodeNotSupported         = "not_supported"          // 501 this sandbox cannot do it
	CodeInternal             = "internal_error"         // 500
)
