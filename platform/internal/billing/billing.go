package billing

import (
	"github.com/selorax/sandbox/platform/internal/app"
	"github.com/selorax/sandbox/platform/internal/db"
	"github.com/selorax/sandbox/platform/internal/event"
	"github.com/selorax/sandbox/platform/internal/idempotency"
	"github.com/selorax/sandbox/platform/internal/money"
	"github.com/selorax/sandbox/platform/internal/timer"
)

// Service is the use cases of charges.
type Service struct {
	DB           *db.DB
	Writes       idempotency.Writes
	Apps         app.Apps
	Events       *event.Log
	Timer        *timer.Timer
	DashboardURL string     // origin of the dashboard
	GatewayFee   money.Rate // what the payment gateway keeps of a price
}
