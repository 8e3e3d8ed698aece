package wallet_test

import (
	"sync/atomic"
	"testing"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/app"
	"github.com/selorax/sandbox/platform/internal/app/apptest"
	"github.com/selorax/sandbox/platform/internal/db"
	"github.com/selorax/sandbox/platform/internal/db/dbtest"
	"github.com/selorax/sandbox/platform/internal/idempotency"
	"github.com/selorax/sandbox/platform/internal/store/storetest"
	"github.com/selorax/sandbox/platform/internal/wallet"
	"github.com/selorax/sandbox/platform/internal/web"
)

// BenchmarkDebit measures debits by eight callers at once, of one wallet and of
// a wallet for each of a hundred apps.
func BenchmarkDebit(b *testing.B) {
	for name, wallets := range map[string]int64{"one wallet": 1, "many wallets": 100} {
		b.Run(name, func(b *testing.B) {
			d := storetest.New(b)
			dbtest.Exec(b, d, `INSERT INTO account (id, name, email, password_hash, roles, created_ms) VALUES (1, 'Merchant', 'm@example.com', 'x', 'merchant', 1)`)
			callers := make([]web.Caller, wallets)
			for n := range callers {
				a, _ := apptest.Register(b, d, "app-"+string(rune('a'+n%26))+string(rune('a'+n/26)), "", api.Billing)
				id := apptest.Install(b, d, a.AppID, storetest.Florist, api.Billing)
				callers[n] = web.Caller{AppID: a.AppID, InstallationID: id, StoreID: storetest.Florist}
			}
			dbtest.Exec(b, d, `INSERT INTO wallet (app_id, store_id, balance_minor, topup_minor, created_ms, updated_ms)
				SELECT id, $1, 100000000000, 100000000000, 1, 1 FROM app`, storetest.Florist)
			s := &wallet.Service{DB: d, Writes: idempotency.Writes{DB: d}, Apps: app.Apps{Box: apptest.Box(b)}}
			amount := api.Money(2_50)
			var turn atomic.Int64
			b.SetParallelism(4)
			b.RunParallel(func(pb *testing.PB) {
				for pb.Next() {
					caller := callers[turn.Add(1)%wallets]
					err := d.Write(b.Context(), func(tx *db.Tx) error {
						_, _, err := s.Debit(tx, caller, api.NewDebit{Amount: &amount, Description: "SMS"})
						return err
					})
					if err != nil {
						b.Error(err)
						return
					}
				}
			})
			b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "debits/s")
		})
	}
}
