// Package idempotency lets a client repeat a write whose answer it never saw.
//
// A request may carry Idempotency-Key. The key is taken, the write made and its
// answer kept in one transaction, so a crash leaves all of it or nothing. The
// same request under the same key gets the kept answer with
// Idempotency-Replayed: true; another request under that key is a conflict. Of
// two that come at once the second waits for the first. A write that was
// refused wrote nothing, its key included, and may be corrected and sent again.
//
// Keys belong to the app on its store, or to the dashboard user and the store they
// work in, and are kept
// for 24 hours of machine time.
package idempotency
