package api

// SandboxSeed is the body of POST /_sandbox/seed: believable records to add to
// a store, on top of what it has, with their events. Each count is 0 to 1,000.
type SandboxSeed struct {
	StoreID   int64 `json:"store_id"` // the first demo store when absent
	Orders    int   `json:"orders"`
	Customers int   `json:"customers"`
	Products  int   `json:"products"`
}

// SandboxSeeded is the answer to POST /_sandbox/seed: the ids that were added.
type SandboxSeeded struct {
	StoreID   int64   `json:"store_id"`
	Orders    []int64 `json:"orders"`
	Customers []int64 `json:"customers"`
	Products  []int64 `json:"products"`
}

// SandboxReset is the body of POST /_sandbox/reset: of one store, or of all
// that the sandbox holds but its credentials.
type SandboxReset struct {
	StoreID int64 `json:"store_id"` // 0: everything
}

// SandboxInstall is the body of POST /_sandbox/apps/{slug}/install and
// …/uninstall.
type SandboxInstall struct {
	StoreID int64 `json:"store_id"` // the first demo store when absent
}

// NewSnapshot is the body of POST /_sandbox/snapshots.
type NewSnapshot struct {
	Name string `json:"name"` // a-z, 0-9 and -, up to 40 characters
	// Replace overwrites a snapshot of that name.
	Replace bool `json:"replace"`
}

// Snapshot is a stored copy of the whole database, clock included.
type Snapshot struct {
	Name         string `json:"name"`
	BusinessTime Time   `json:"business_time"` // of the copy
	CreatedAt    Time   `json:"created_at"`    // machine time
	Bytes        int64  `json:"bytes"`
}
