package platformtest

import (
	"encoding/json"
	"net/http"

	"github.com/selorax/sandbox/platform/api"
)

// DeployVersion makes a set of an app the newest version, and the active one.
func (p *Platform) DeployVersion(slug, message string, set ...api.Extension) {
	p.mu.Lock()
	defer p.mu.Unlock()
	id := p.app(slug).AppID
	for n := range p.versions[id] {
		p.versions[id][n].Active = false
	}
	p.versions[id] = append(p.versions[id], api.ExtensionVersion{
		Version: len(p.versions[id]) + 1, DeployedAt: api.Time{Time: today}, Message: message, Active: true, Extensions: set,
	})
}

func (p *Platform) listVersions(c call) (any, error) {
	if err := p.developer(c); err != nil {
		return nil, err
	}
	return append([]api.ExtensionVersion{}, p.versions[c.id("app_id")]...), nil
}

func (p *Platform) rollback(c call) (any, error) {
	if err := p.developer(c); err != nil {
		return nil, err
	}
	var in api.RollbackRequest
	if err := json.NewDecoder(c.Body).Decode(&in); err != nil {
		return nil, refuse(http.StatusBadRequest, api.CodeValidation, "The body is not JSON.")
	}
	list := p.versions[c.id("app_id")]
	if in.Version < 1 || in.Version > len(list) {
		return nil, refuse(http.StatusBadRequest, api.CodeValidation, "version must be one of the deployed versions.")
	}
	for n := range list {
		list[n].Active = api.Flag(list[n].Version == in.Version)
	}
	return api.Deployed{Version: in.Version, Deployed: len(list[in.Version-1].Extensions), InstallationsUpdated: 1}, nil
}
