// Package htmltest looks at pages in tests: parsed, by CSS selector.
package htmltest
