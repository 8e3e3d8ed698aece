// Package design is the look of SeloraX Sandbox, written once: the tokens
// (colours, type, space) as CSS custom properties, the pieces built of them,
// and the drawn icons. Platform pages, dashboard and sample app share it.
//
// Every colour is a light-dark() pair and follows the system's theme. A page
// links Stylesheet, or TokensCSS alone where it draws its own pieces. Only
// the orange strip and the mark use the brand orange; status colours come as
// background, border and text and always stand beside a word.
package design
