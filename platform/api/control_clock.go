package api

// SandboxClock is business time as GET /_sandbox/clock tells it.
type SandboxClock struct {
	Now         Time            `json:"now"`          // business time
	MachineTime Time            `json:"machine_time"` // what the machine says
	Frozen      Flag            `json:"frozen"`
	NextDueAt   *Time           `json:"next_due_at"` // the earliest work that waits for business time; null: none
	Operation   *ClockOperation `json:"operation"`   // the advance under way, or null
}

// ClockAdvance is the body of POST /_sandbox/clock/advance: by a duration or
// to an instant.
type ClockAdvance struct {
	By string `json:"by"` // "90d", "1h30m": d, h, m, s, ms; instead of to
	To *Time  `json:"to"` // instead of by
	// WaitS is how many seconds the call waits for the end before it answers
	// 202 with the operation, 0 to 60; 30 when absent.
	WaitS *int `json:"wait_s"`
	// PerAttemptTimeoutMS is how long a receiver has to answer a webhook while
	// the clock moves, 100 to 15,000; 2,000 when absent.
	PerAttemptTimeoutMS *int `json:"per_attempt_timeout_ms"`
	// ExpireRefreshTokens lets refresh tokens run out on the way, which no app
	// could prevent; without it they keep the life they have left.
	ExpireRefreshTokens bool `json:"expire_refresh_tokens"`
}

// States of a clock operation.
const (
	ClockRunning = "running"
	ClockDone    = "done"
	ClockStopped = "stopped" // by POST …/stop, or with the platform
	ClockFailed  = "failed"  // work did not finish; Error names it
)

// ClockOperation is one advance of the clock.
type ClockOperation struct {
	OperationID int64        `json:"operation_id"`
	Status      string       `json:"status"` // running | done | stopped | failed
	From        Time         `json:"from"`   // business time
	To          Time         `json:"to"`
	Now         Time         `json:"now"`         // how far it has come
	FiredCount  int          `json:"fired_count"` // all that happened on the way
	Fired       []ClockFired `json:"fired"`       // the first 1,000 of them, in order
	Error       *string      `json:"error"`
}

// ClockFired is one thing that happened while the clock moved: work that fell
// due, an event, or an attempt of a delivery.
type ClockFired struct {
	At       Time   `json:"at"`       // business time
	Kind     string `json:"kind"`     // job | event | attempt
	Topic    string `json:"topic"`    // the job's name, or the event's topic
	Resource string `json:"resource"` // what it is about: "order 1234", "subscription 5"; may be empty
	StoreID  *int64 `json:"store_id"`
	Attempt  int    `json:"attempt"` // from 1; 0 unless an attempt
	Outcome  string `json:"outcome"` // of an attempt: "200 delivered", "500 retrying", "no answer retrying"
}
