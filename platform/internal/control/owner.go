package control

import (
	"net/http"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/db"
	"github.com/selorax/sandbox/platform/internal/merchant"
	"github.com/selorax/sandbox/platform/internal/problem"
	"github.com/selorax/sandbox/platform/internal/sandbox/demo"
	"github.com/selorax/sandbox/platform/internal/web"
)

// owned is a store in a transaction, with its owner, in whose name it is
// changed.
type owned struct {
	*Service
	tx      *db.Tx
	storeID int64
	owner   web.Caller
}

// of opens the store that a request names, or with 0 the first of the demo.
func (s *Service) of(tx *db.Tx, storeID int64) (owned, error) {
	if storeID == 0 {
		storeID = demo.Stores()[0].StoreID
	}
	owner, err := merchant.OwnerOf(tx, storeID)
	if db.IsNone(err) {
		err = problem.New(http.StatusNotFound, api.CodeNotFound, "There is no store %d; the demo stores are 22, 23 and 24.", storeID)
	}
	return owned{Service: s, tx: tx, storeID: storeID, owner: owner}, err
}
