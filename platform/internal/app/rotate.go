package app

import (
	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/db"
	"github.com/selorax/sandbox/platform/internal/id"
	"github.com/selorax/sandbox/platform/internal/secret"
)

// RotateSecret gives an app a new client secret. The old one ends at once;
// tokens go on.
func RotateSecret(tx *db.Tx, a api.App) (api.RotatedSecret, error) {
	fresh := secret.New(api.PrefixClientSecret)
	return api.RotatedSecret{ClientID: a.ClientID, ClientSecret: fresh}, setClientSecret(tx, a.AppID, secret.Hash(fresh))
}

// rotateKey gives an app a new session signing key. Session tokens and frame
// URLs signed with the old one end at once.
func rotateKey(tx *db.Tx, box *secret.Box, appID int64) (api.RotatedKey, error) {
	fresh := id.Hex(32)
	return api.RotatedKey{SessionSigningKey: fresh}, setSigningKey(tx, appID, box.Seal(sealSigningKey, fresh))
}
