package oauth

import (
	"net/http"

	"github.com/selorax/sandbox/platform/internal/db"
	"github.com/selorax/sandbox/platform/internal/token"
	"github.com/selorax/sandbox/platform/internal/web"
)

// revoke ends a token and all that descends from the same code (RFC 7009). It
// answers 200 for unknown tokens too.
func (s *Service) revoke(w http.ResponseWriter, r *http.Request) error {
	p, err := readParams(r)
	if err != nil {
		return err
	}
	presented, err := p.need("token")
	if err != nil {
		return err
	}
	err = s.DB.Write(r.Context(), func(tx *db.Tx) error {
		a, err := s.authenticate(tx, r, p)
		if err != nil {
			return err
		}
		return token.Revoke(tx, presented, a.AppID)
	})
	if err != nil {
		return err
	}
	return web.OK(w, "OK", struct{}{})
}
