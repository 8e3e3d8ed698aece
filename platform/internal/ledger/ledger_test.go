package ledger

import (
	"math/rand/v2"
	"testing"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/db"
	"github.com/selorax/sandbox/platform/internal/money"
)

func TestPaymentsSumToZero(t *testing.T) {
	t.Parallel()
	random := rand.New(rand.NewPCG(1, 2))
	for range 5000 {
		price := api.MinCharge + api.Money(random.Int64N(int64(api.MaxCharge-api.MinCharge)))
		s, err := money.SplitPayment(price, money.Rate(random.IntN(500_001)), money.Rate(random.IntN(100_001)), random.IntN(2) == 0)
		if err != nil {
			t.Fatal(err)
		}
		var sum api.Money
		for _, p := range Payment(api.Charge{ChargeID: 1, StoreID: 22, AppID: 1}, 1, s).Postings {
			sum += p.Amount
		}
		if sum != 0 {
			t.Fatalf("%+v sums to %d", s, sum)
		}
	}
}

func TestAMovementThatDoesNotSumUpIsRefused(t *testing.T) {
	t.Parallel()
	if err := Record(&db.Tx{}, Movement{Kind: KindPayment, Postings: []Posting{{Platform, 1}}}); err == nil {
		t.Error("it was written")
	}
}
