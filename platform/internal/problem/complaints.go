package problem

import (
	"encoding/json"
	"fmt"
	"unicode/utf8"

	"github.com/selorax/sandbox/platform/api"
)

// Complaints collects what is wrong with the fields of a request, so that a
// caller reads all of it at once.
type Complaints []api.FieldError

// Add complains about a field.
func (c *Complaints) Add(field, message string) {
	*c = append(*c, api.FieldError{Field: field, Message: message})
}

// Require complains about a field unless ok.
func (c *Complaints) Require(ok bool, field, message string) {
	if !ok {
		c.Add(field, message)
	}
}

// Requiref is Require with a message that is put together.
func (c *Complaints) Requiref(ok bool, field, format string, args ...any) {
	if !ok {
		c.Add(field, fmt.Sprintf(format, args...))
	}
}

// Length complains about a text that has not low to high characters.
func (c *Complaints) Length(text, field string, low, high int) {
	n := utf8.RuneCountInString(text)
	if low == 0 {
		c.Requiref(n <= high, field, "must have at most %d characters", high)
		return
	}
	c.Requiref(n >= low && n <= high, field, "must have %d to %d characters", low, high)
}

// Bounds of what clients attach to a write: an object of their own, in bytes,
// and a key by which they repeat it, in characters.
const (
	maxMetadata = 16 << 10
	maxKey      = 255
)

// Attached complains about metadata that is no object or too large, and about
// an idempotency_key of the wrong length. Both may be nil.
func (c *Complaints) Attached(metadata json.RawMessage, key *string) {
	c.Require(len(metadata) <= maxMetadata, "metadata", "must have at most 16 KiB")
	c.Require(metadata == nil || metadata[0] == '{', "metadata", "must be an object")
	if key != nil {
		c.Length(*key, "idempotency_key", 1, maxKey)
	}
}

// Err returns the complaints as one validation_error, or nil.
func (c Complaints) Err() error {
	if len(c) == 0 {
		return nil
	}
	return Validation(c...)
}
