package merchant

import (
	"time"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/db"
	"github.com/selorax/sandbox/platform/internal/jwt"
)

// sessionLife is how long a dashboard session lasts, in machine time.
const sessionLife = 90 * 24 * time.Hour

// Service signs people in and knows them again.
type Service struct {
	DB *db.DB
	// Key signs session tokens.
	Key []byte

	throttle throttle
}

// claims are what a session token says. Subject is the account's id and ID is
// unique to the session.
type claims struct {
	jwt.Registered
	StoreID int64 `json:"store_id,omitempty"` // the first of the account's stores
}

// New is an account to add.
type New struct {
	Name         string
	Email        string // as typed at sign-in; case does not matter
	PasswordHash string
	Roles        []string
	StoreIDs     []int64
}

// Insert adds an account and returns its id.
func Insert(tx *db.Tx, in New) (int64, error) {
	id, err := insertAccount(tx, in)
	if err != nil {
		return 0, err
	}
	for _, storeID := range in.StoreIDs {
		if err := insertAccountStore(tx, id, storeID); err != nil {
			return 0, err
		}
	}
	return id, nil
}

// account is a stored account.
type account struct {
	id           int64
	name         string
	email        string
	passwordHash string
	roles        []string
}

func (a account) show(stores []api.StoreRef) api.Account {
	return api.Account{UserID: a.id, Name: a.name, Email: a.email, Roles: a.roles, Stores: stores}
}
