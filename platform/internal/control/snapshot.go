package control

import (
	"context"
	"errors"
	"io/fs"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/db"
	"github.com/selorax/sandbox/platform/internal/problem"
	"github.com/selorax/sandbox/platform/internal/web"
)

// extension of the files in SnapshotDir; while one is written it has another.
const extension = ".db"

var snapshotName = regexp.MustCompile(`^[a-z0-9][a-z0-9-]{0,39}$`)

func (s *Service) snapshotRoutes(r *web.Router) {
	const one = "/_sandbox/snapshots/{name}"
	r.ForControl(http.MethodGet, "/_sandbox/snapshots", s.serveSnapshots)
	r.ForControl(http.MethodPost, "/_sandbox/snapshots", s.serveSave)
	r.ForControl(http.MethodPost, one+"/load", s.serveLoad)
	r.ForControl(http.MethodDelete, one, s.serveDeleteSnapshot)
}

// serveSave copies the running database.
func (s *Service) serveSave(w http.ResponseWriter, r *http.Request) error {
	in, err := web.Decode[api.NewSnapshot](w, r)
	if err != nil {
		return err
	}
	if !snapshotName.MatchString(in.Name) {
		return problem.Invalid("name", "must have 1 to 40 of a-z, 0-9 and -, and not begin with -")
	}
	if err := s.Clock.still(r.Context(), func() error { return s.save(r.Context(), in) }); err != nil {
		return snapshotProblem(in.Name, err)
	}
	made, err := s.snapshot(r.Context(), in.Name)
	if err != nil {
		return err
	}
	return web.Created(w, "Snapshot saved.", made)
}

// save writes the copy under another name first, so that a crash leaves no
// half of one.
func (s *Service) save(ctx context.Context, in api.NewSnapshot) error {
	if _, err := os.Stat(s.file(in.Name)); err == nil && !in.Replace {
		return problem.Conflict("There is a snapshot %s. Choose another name, or send replace to overwrite it.", in.Name)
	}
	if err := os.MkdirAll(s.SnapshotDir, 0o700); err != nil {
		return err
	}
	f, err := os.CreateTemp(s.SnapshotDir, in.Name+"-*.part") // 0600
	if err != nil {
		return err
	}
	defer os.Remove(f.Name())
	if err := errors.Join(f.Close(), s.DB.Backup(ctx, f.Name())); err != nil {
		return err
	}
	return os.Rename(f.Name(), s.file(in.Name))
}

// serveLoad brings back what a snapshot holds, the clock included.
func (s *Service) serveLoad(w http.ResponseWriter, r *http.Request) error {
	name, err := s.named(r)
	if err != nil {
		return err
	}
	loaded, err := s.snapshot(r.Context(), name)
	if err != nil {
		return err
	}
	ctx := context.WithoutCancel(r.Context())
	if err := s.Clock.still(ctx, func() error { return s.load(ctx, name) }); err != nil {
		return snapshotProblem(name, err)
	}
	return web.OK(w, "Snapshot loaded.", loaded)
}

// load puts the copy in the place of the data and starts again what it holds
// as begun.
func (s *Service) load(ctx context.Context, name string) error {
	if err := s.DB.Restore(ctx, s.file(name)); err != nil {
		return err
	}
	if err := s.replaced(ctx, s.DB.Process()); err != nil {
		return err
	}
	_, err := s.Queue.RecoverAll(ctx)
	return err
}

func (s *Service) serveSnapshots(w http.ResponseWriter, r *http.Request) error {
	if s.DB.Shared() {
		return snapshotProblem("", db.ErrNoSnapshots)
	}
	files, err := os.ReadDir(s.SnapshotDir)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	list := []api.Snapshot{}
	for _, f := range files {
		name, complete := strings.CutSuffix(f.Name(), extension)
		if !complete {
			continue
		}
		one, err := s.snapshot(r.Context(), name)
		if err != nil {
			return snapshotProblem(name, err)
		}
		list = append(list, one)
	}
	return web.OK(w, "Snapshots fetched.", list)
}

func (s *Service) serveDeleteSnapshot(w http.ResponseWriter, r *http.Request) error {
	name, err := s.named(r)
	if err != nil {
		return err
	}
	gone, err := s.snapshot(r.Context(), name)
	if err != nil && !errors.Is(err, db.ErrDamaged) {
		return err
	}
	if err := os.Remove(s.file(name)); err != nil {
		return err
	}
	gone.Name = name
	return web.OK(w, "Snapshot deleted.", gone)
}

// named returns the name of the snapshot that a request is about.
func (s *Service) named(r *http.Request) (string, error) {
	name := web.PathText(r, "name")
	if s.DB.Shared() {
		return "", snapshotProblem(name, db.ErrNoSnapshots)
	}
	if !snapshotName.MatchString(name) {
		return "", noSnapshot(name)
	}
	if _, err := os.Stat(s.file(name)); err != nil {
		return "", noSnapshot(name)
	}
	return name, nil
}

func noSnapshot(name string) error {
	return problem.New(http.StatusNotFound, api.CodeNotFound, "There is no snapshot %q. See which there are: sx snapshot list", name)
}

// snapshot describes a stored copy.
func (s *Service) snapshot(ctx context.Context, name string) (api.Snapshot, error) {
	info, err := os.Stat(s.file(name))
	if err != nil {
		return api.Snapshot{}, err
	}
	made := info.ModTime().UTC()
	at, err := db.SnapshotTime(ctx, s.file(name), made)
	if err != nil {
		err = snapshotProblem(name, db.ErrDamaged)
	}
	return api.Snapshot{Name: name, BusinessTime: api.Time{Time: at}, CreatedAt: api.Time{Time: made}, Bytes: info.Size()}, err
}

func (s *Service) file(name string) string { return filepath.Join(s.SnapshotDir, name+extension) }

// snapshotProblem turns the refusals of package db into answers.
func snapshotProblem(name string, err error) error {
	var p *problem.Problem
	switch {
	case errors.Is(err, db.ErrNoSnapshots):
		p = problem.New(http.StatusNotImplemented, api.CodeNotSupported, "Snapshots are copies of an SQLite file; this sandbox runs on PostgreSQL.")
	case errors.Is(err, db.ErrDamaged):
		p = problem.Conflict("The snapshot %s is damaged and was not loaded. Delete it: sx snapshot delete %s", name, name)
	case errors.Is(err, db.ErrOtherSchema):
		p = problem.Conflict("The snapshot %s was made by another version of the platform and was not loaded. Save a new one.", name)
	default:
		return err
	}
	p.Cause = err
	return p
}
