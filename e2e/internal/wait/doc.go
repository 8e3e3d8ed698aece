// Package wait waits for a condition instead of for a time.
package wait
