// Package programs builds the real programs and runs them through `sx up`,
// exactly as a developer or a pipeline would.
package programs
