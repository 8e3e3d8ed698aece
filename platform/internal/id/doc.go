// Package id makes identifiers that must be unguessable or unique.
package id
