package openapi

import "strings"

// The parameters that many routes have.
var (
	pageNumber = Parameter{Name: "page", Description: "Page of the list, from 1.", Schema: Schema{"type": "integer", "minimum": 1, "default": 1}}
	pageSize   = Parameter{
		Name: "limit", Description: "Records on a page. A larger number than the maximum is taken for the maximum.",
		Schema: Schema{"type": "integer", "minimum": 1, "default": 50, "x-maximum": 250},
	}
	store = number("store_id", "The store. It may also be named in the header X-Store-Id.")
)

// paged adds the paging parameters.
func paged(more ...Parameter) []Parameter { return append(more, pageNumber, pageSize) }

func text(name, description string) Parameter {
	return Parameter{Name: name, Description: description, Schema: Schema{"type": "string", "maxLength": 200}}
}

func number(name, description string) Parameter {
	return Parameter{Name: name, Description: description, Schema: Schema{"type": "integer", "minimum": 1}}
}

func atLeast(name, description string) Parameter {
	return Parameter{Name: name, Description: description, Schema: Schema{"type": "integer", "minimum": 0}}
}

func amount(name, description string) Parameter {
	return Parameter{Name: name, Description: description, Schema: Schema{"type": "number", "minimum": 0}}
}

func oneOf(name, description string, values ...string) Parameter {
	return Parameter{Name: name, Description: description, Schema: Schema{"type": "string", "enum": values}}
}

func instant(name, description string) Parameter {
	return Parameter{
		Name: name, Description: description + " An ISO 8601 time, or a date.",
		Schema: Schema{"type": "string", "examples": []string{"2025-06-15T10:30:00.000Z", "2025-06-15"}},
	}
}

// sorted is the sort parameter; the first of the columns is the default.
func sorted(columns ...string) Parameter {
	return Parameter{
		Name:        "sort",
		Description: "Column to sort by, " + strings.Join(columns, ", ") + ", with :asc or :desc. A column alone sorts descending.",
		Schema:      Schema{"type": "string", "default": columns[0] + ":desc"},
	}
}

func required(p Parameter) Parameter {
	p.Required = true
	return p
}
