// Package internal_test holds the architecture to its list: which package may
// see which, who may ask for the time, which library lives where, and how
// large a file or a function may grow.
package internal_test

import (
	"os"
	"testing"
)

const module = "github.com/selorax/sandbox/platform/"

// order is the architecture: a package imports only packages before it.
var order = []string{
	"api", "design", "dial", "framing", "httpserve", "sdk", // for other modules too; they import nothing of ours
	"internal/sandbox/demo", "internal/sandbox/credentials", "internal/sandbox/supervise", "internal/sandbox/local", // for cmd/sx too

	// ground floor: no commerce words here
	"internal/clock", "internal/id", "internal/money", "internal/phone", "internal/problem", "internal/secret", "internal/jwt",
	"internal/db", "internal/queue", "internal/timer", "internal/web", "internal/idempotency", "internal/ui", "internal/event", "internal/fault", "internal/inspect",

	// domains
	"internal/store", "internal/merchant", "internal/app", "internal/token",
	"internal/catalog", "internal/customer", "internal/discount", "internal/shipping", "internal/order", "internal/metafield",
	"internal/message", "internal/verdict", "internal/webhook", "internal/ledger", "internal/wallet", "internal/billing", "internal/usage", "internal/earnings", "internal/install", "internal/custom", "internal/privacy",
	"internal/session", "internal/access", "internal/oauth", "internal/extension", "internal/sandbox", "internal/control",

	"internal/openapi", "internal/docs", // describe all of the above

	// roof
	"internal/server", "cmd/platform", "cmd/sx",
}

// alone lists packages that may import only what stands here, whatever comes
// before them: the contract, and a command that talks to the platform over
// HTTP alone.
var alone = map[string][]string{
	"api":    {},
	"design": {}, "dial": {}, "framing": {}, "httpserve": {}, "sdk": {},
	"cmd/sx": {"api", "dial", "framing", "internal/sandbox/demo", "internal/sandbox/credentials", "internal/sandbox/supervise", "internal/sandbox/local"},
}

// libraries names the one package that knows each outside library.
var libraries = map[string][]string{
	"github.com/alecthomas/kong":   {"cmd/platform", "cmd/sx"},
	"github.com/golang-jwt/jwt":    {"internal/jwt"},
	"github.com/google/uuid":       {"internal/id", "cmd/sx"},
	"github.com/gorilla/mux":       {"internal/web"},
	"github.com/gorilla/websocket": {"internal/event", "cmd/sx"},
	"github.com/jackc/pgx":         {"internal/db", "internal/queue"}, // River inserts in db's transaction
	"github.com/mattn/go-sqlite3":  {"internal/db"},
	"github.com/riverqueue/river":  {"internal/queue"},
	"github.com/swaggest/swgui":    {"internal/docs"},
	"sigs.k8s.io/yaml":             {"internal/docs"},
	"golang.org/x/crypto":          {"internal/secret"},
	"golang.org/x/sync":            {"internal/server", "internal/webhook", "internal/sandbox/supervise", "internal/sandbox/local"}, // as good as the standard library
}

// machineTime lists who may ask the machine for the time, and why. Everyone
// else has it from clock, or as an argument.
var machineTime = map[string]string{
	"internal/clock":         "makes business time of it",
	"internal/web":           "latencies in the log, rate limits",
	"internal/event":         "deadlines of a connection",
	"internal/queue":         "River lives in machine time",
	"internal/sandbox/local": "how long starting took",
	"cmd/sx":                 "how long starting and forwarding took, signatures, deadlines of a connection",
}

// roomy lists files and functions over the budget, and why.
var roomy = map[string]string{}

const (
	maxFileLines     = 400
	maxFunctionLines = 60
)

func TestArchitecture(t *testing.T) {
	t.Parallel()
	for _, complaint := range check(load(t, os.DirFS(".."))) {
		t.Error(complaint)
	}
}
