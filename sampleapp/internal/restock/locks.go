package restock

import "sync"

// locks holds one mutex per store.
type locks struct {
	mu      sync.Mutex
	byStore map[int64]*sync.Mutex
}

func (l *locks) of(storeID int64) *sync.Mutex {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.byStore == nil {
		l.byStore = map[int64]*sync.Mutex{}
	}
	if l.byStore[storeID] == nil {
		l.byStore[storeID] = &sync.Mutex{}
	}
	return l.byStore[storeID]
}
