package platformtest

import (
	"encoding/json"
	"net/http"
	"strings"

	"github.com/selorax/sandbox/platform/api"
)

// recordRoutes are those of the stores' own records.
func (p *Platform) recordRoutes(mux *http.ServeMux) {
	mux.HandleFunc("GET /api/stores/{store_id}", p.forUser(p.getRecord))
	mux.HandleFunc("PUT /api/stores/{store_id}", p.forUser(p.updateRecord))
}

func (p *Platform) record(storeID int64) api.Store {
	if r, ok := p.records[storeID]; ok {
		return r
	}
	address := "House 12, Road 5, Dhanmondi, Dhaka"
	return api.Store{StoreID: storeID, Name: "FloristBD", Email: "hello@floristbd.com", Phone: "01700000000", Currency: "BDT", Address: &address, Domain: "floristbd.com", Language: "en"}
}

func (p *Platform) getRecord(c call) (any, error) { return p.record(c.storeID), nil }

func (p *Platform) updateRecord(c call) (any, error) {
	var in api.StoreUpdate
	if err := json.NewDecoder(c.Body).Decode(&in); err != nil {
		return nil, err
	}
	r := p.record(c.storeID)
	in.Name.Into(&r.Name)
	in.Email.Into(&r.Email)
	in.Phone.Into(&r.Phone)
	in.Address.IntoNullable(&r.Address)
	in.Domain.Into(&r.Domain)
	in.Language.Into(&r.Language)
	var wrong []api.FieldError
	if r.Name == "" {
		wrong = append(wrong, api.FieldError{Field: "name", Message: "must have 1 to 255 characters"})
	}
	if !strings.Contains(r.Email, "@") {
		wrong = append(wrong, api.FieldError{Field: "email", Message: "must be an email address such as hello@floristbd.com"})
	}
	if wrong != nil {
		return nil, &refusal{Status: http.StatusBadRequest, Code: api.CodeValidation, Message: "The request is not valid.", Errors: wrong}
	}
	p.records[c.storeID] = r
	return r, nil
}
