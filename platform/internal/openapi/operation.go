package openapi

import (
	"maps"
	"net/http"
)

// Operation says what a route does. Who may call it and its path parameters
// come from the route itself.
type Operation struct {
	Summary     string
	Description string
	Query       []Parameter
	Headers     []Parameter
	Body        *Body
	Answer      Answer
	Also        []Answer // other good answers
	// Example is a path and query that a GET is called with for the document's
	// example: the document then shows what the seed answers.
	Example string

	tag string
}

// Parameter is one query parameter or header.
type Parameter struct {
	Name        string
	Description string
	Required    bool
	Schema      Schema
}

// Body is what a route takes.
type Body struct {
	Of          any      // zero value of the type
	Required    []string // its fields that must be there
	ContentType string   // application/json when empty
	Schema      Schema   // instead of Of, for what is no JSON
}

// Forms of an answer.
type form int

const (
	envelope form = iota // {message, data, status}
	list                 // {message, data: […], pagination, status}
	bare                 // the type itself
	page                 // HTML, a picture or a redirect
)

// Answer is what a route gives when all is well.
type Answer struct {
	Of     any
	Status int
	Form   form
	Type   string // content type of a page
	Extra  map[string]Schema
}

func data(of any) Answer            { return Answer{Of: of, Status: http.StatusOK} }
func created(of any) Answer         { return Answer{Of: of, Status: http.StatusCreated} }
func accepted(of any) Answer        { return Answer{Of: of, Status: http.StatusAccepted} }
func listOf(of any) Answer          { return Answer{Of: of, Status: http.StatusOK, Form: list} }
func exactly(of any) Answer         { return Answer{Of: of, Status: http.StatusOK, Form: bare} }
func document(kind string) Answer   { return Answer{Status: http.StatusOK, Form: page, Type: kind} }
func redirection(status int) Answer { return Answer{Status: status, Form: page} }

func takes(of any, required ...string) *Body { return &Body{Of: of, Required: required} }

// operations is a table by "METHOD path".
type operations map[string]Operation

// all joins the tables under their tags.
func all() operations {
	joined := operations{}
	for tag, table := range tables() {
		for route, op := range table {
			op.tag = tag
			joined[route] = op
		}
	}
	return joined
}

// both lists an app-facing operation at the dashboard's address too.
func (ops operations) both(app, dashboard string, op Operation) operations {
	ops[app] = op
	op.Example = ""
	ops[dashboard] = op
	return ops
}

// and joins two tables.
func (ops operations) and(more operations) operations {
	maps.Copy(ops, more)
	return ops
}

// Examples lists the addresses whose answers are the document's examples, by
// route.
func Examples() map[string]string {
	found := map[string]string{}
	for route, op := range all() {
		if op.Example != "" {
			found[route] = op.Example
		}
	}
	return found
}
