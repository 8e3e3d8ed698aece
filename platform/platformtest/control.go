package platformtest

import "github.com/selorax/sandbox/platform/api"

// Controls authenticates the control API.
func (p *Platform) Controls() Header { return Header{api.HeaderControlKey: p.ControlKey} }

// Control makes a call of the control API ("/_sandbox/…") and returns the data
// of its answer.
func Control[T any](p *Platform, method, path string, body any) T {
	p.t.Helper()
	return Data[T](p.Do(method, path, p.Controls(), body))
}
