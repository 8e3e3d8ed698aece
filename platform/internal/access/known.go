package access

import (
	"context"
	"sync"

	"github.com/selorax/sandbox/platform/internal/db"
)

// maxGrants bounds what is remembered.
const maxGrants = 10_000

// grants remembers what credentials stand for as long as nothing at all is
// written: the first commit forgets everything, so that what a merchant takes
// back is gone with the answer that says so. Where processes share the
// database nothing is remembered.
type grants struct {
	mu      sync.Mutex
	commits uint64 // as of which byKey holds
	byKey   map[string]grant
}

// grant returns what credentials stand for, from memory or by reading it.
func (a *Access) grant(ctx context.Context, key string, read func(*db.Tx) (grant, error)) (g grant, err error) {
	commits, alone := a.DB.Commits() // before reading
	if alone {
		g, ok := a.known.get(commits, key)
		if ok && (g.expiresMS == 0 || g.expiresMS > a.DB.Clock.Now().UnixMilli()) {
			return g, nil
		}
	}
	err = a.DB.Read(ctx, func(tx *db.Tx) error {
		g, err = read(tx)
		return err
	})
	if err == nil && alone {
		a.known.put(commits, key, g)
	}
	return g, err
}

func (k *grants) get(commits uint64, key string) (grant, bool) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.commits != commits {
		return grant{}, false
	}
	g, ok := k.byKey[key]
	return g, ok
}

func (k *grants) put(commits uint64, key string, g grant) {
	k.mu.Lock()
	defer k.mu.Unlock()
	switch {
	case commits < k.commits:
		return // read before what is remembered now
	case commits > k.commits || len(k.byKey) >= maxGrants || k.byKey == nil:
		k.commits, k.byKey = commits, map[string]grant{}
	}
	k.byKey[key] = g
}
