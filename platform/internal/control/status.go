package control

import (
	"net/http"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/db"
	"github.com/selorax/sandbox/platform/internal/web"
)

func (s *Service) status(w http.ResponseWriter, r *http.Request) error {
	var out api.SandboxStatus
	err := s.DB.Read(r.Context(), func(tx *db.Tx) (err error) {
		out, err = counts(tx)
		out.BusinessTime, out.Frozen = api.Time{Time: tx.Now}, tx.Clock().Frozen != nil
		return err
	})
	if err != nil {
		return err
	}
	out.Version = s.Version
	return web.OK(w, "Sandbox status fetched.", out)
}

func counts(tx *db.Tx) (api.SandboxStatus, error) {
	return db.One(tx, func(r db.Row) (s api.SandboxStatus, err error) {
		err = r.Scan(&s.Stores, &s.Apps, &s.Installations, &s.Events, &s.Deliveries)
		return s, err
	}, `SELECT (SELECT COUNT(*) FROM store), (SELECT COUNT(*) FROM app WHERE deleted_ms IS NULL),
		(SELECT COUNT(*) FROM installation WHERE status = 'active'), (SELECT COUNT(*) FROM event), (SELECT COUNT(*) FROM delivery)`)
}
