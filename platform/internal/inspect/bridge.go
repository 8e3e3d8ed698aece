package inspect

import (
	"fmt"
	"slices"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/db"
	"github.com/selorax/sandbox/platform/internal/problem"
)

// Bounds of what a page reports at once.
const (
	maxBridged    = 50
	maxBridgeWord = 200
	maxBridgeData = 4_000
)

// checkBridge refuses messages that the dashboard's page does not report so.
func checkBridge(in api.InspectorBridge) error {
	var c problem.Complaints
	c.Require(in.AppID > 0, "app_id", "must be an id, a whole number of at least 1")
	c.Require(len(in.Messages) > 0 && len(in.Messages) <= maxBridged, "messages", fmt.Sprintf("must hold 1 to %d messages", maxBridged))
	for n, m := range in.Messages {
		at := fmt.Sprintf("messages[%d].", n)
		c.Require(m.Direction == api.BridgeFromApp || m.Direction == api.BridgeToApp, at+"direction", "must be from_app or to_app")
		c.Require(slices.Contains(api.InspectorVerdicts, m.Verdict), at+"verdict", "must be accepted, warned, refused or failed")
		c.Length(m.Type, at+"type", 1, maxBridgeWord)
		c.Length(m.Origin, at+"origin", 0, maxBridgeWord)
		c.Length(m.Note, at+"note", 0, maxBridgeWord)
		c.Length(m.Data, at+"data", 0, maxBridgeData)
	}
	return c.Err()
}

// checkInstalled refuses reports about an app that is not on the store: its
// owner would see them.
func checkInstalled(tx *db.Tx, storeID, appID int64) error {
	_, err := db.One(tx, db.Value[int64], `SELECT id FROM installation WHERE store_id = $1 AND app_id = $2 AND status = 'active'`, storeID, appID)
	if db.IsNone(err) {
		return problem.NotFound("installed app", appID)
	}
	return err
}

// bridged is a message of the bridge as an entry.
func bridged(storeID, appID int64, m api.BridgeMessage) api.InspectorDetail {
	arrow := "app → dashboard"
	if m.Direction == api.BridgeToApp {
		arrow = "dashboard → app"
	}
	d := api.InspectorDetail{Request: &api.InspectorMessage{Headers: []api.InspectorHeader{}, Body: mask(m.Data), Size: int64(len(m.Data))}}
	if m.Origin != "" {
		d.Request.Headers = append(d.Request.Headers, api.InspectorHeader{Name: "origin", Value: m.Origin})
	}
	d.Kind, d.Verdict, d.Title, d.Note = api.InspectedBridge, m.Verdict, m.Type+" ("+arrow+")", mask(m.Note)
	d.StoreID, d.AppID = &storeID, &appID
	return d
}
