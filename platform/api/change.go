package api

import "encoding/json"

// Change is a field of an update: left out, null or a value. Its JSON tag needs
// omitzero.
type Change[T any] struct {
	Given bool // the field was in the request
	Value *T   // nil for null
}

// To is the change to a value.
func To[T any](v T) Change[T] { return Change[T]{Given: true, Value: &v} }

// Into puts the value into a field, if the change was given. Null is the zero
// value.
func (c Change[T]) Into(field *T) {
	switch {
	case c.Given && c.Value != nil:
		*field = *c.Value
	case c.Given:
		*field = *new(T)
	}
}

// IntoNullable puts the value or null into a field, if the change was given.
func (c Change[T]) IntoNullable(field **T) {
	if c.Given {
		*field = c.Value
	}
}

// IsZero reports whether the field is left out.
func (c Change[T]) IsZero() bool { return !c.Given }

// MarshalJSON writes the value or null.
func (c Change[T]) MarshalJSON() ([]byte, error) { return json.Marshal(c.Value) }

// UnmarshalJSON reads the value or null.
func (c *Change[T]) UnmarshalJSON(b []byte) error {
	c.Given = true
	return json.Unmarshal(b, &c.Value)
}

// Give marks the field as given and returns where its value goes: nil for
// null. It lets a decoder that looks into structs fill the value.
func (c *Change[T]) Give(null bool) any {
	c.Given = true
	if null {
		c.Value = nil
		return nil
	}
	c.Value = new(T)
	return c.Value
}
