// Package catalog keeps what a store sells: products, their variants with
// prices and stock, and the pictures of the demo products and apps.
//
// Every product has at least one variant, exactly one of them the default.
// Stock is counted per variant and never falls below zero. What is deleted
// stays as a row, since orders name it, and is seen by nobody.
//
// Pictures are drawn, not stored: a file name such as "bouquet-rose.svg" names
// a motif of the folder motif and a palette of palette.go.
package catalog
