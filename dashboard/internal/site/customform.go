package site

import (
	"net/http"
	"slices"
	"strings"

	"github.com/selorax/sandbox/platform/api"

	"github.com/selorax/sandbox/dashboard/internal/page"
	"github.com/selorax/sandbox/dashboard/internal/platform"
)

// customForm is what people write about a custom app, and what is wrong with
// it.
type customForm struct {
	Name, Description string
	Scopes            []string
	Errors            map[string]string // by field: name, description, scopes
	Once              string
	Again             bool // the form was sent already
}

// Groups are the permissions to choose from: all that a custom app may have.
func (customForm) Groups() []page.ScopeGroup {
	return page.GroupScopes(slices.DeleteFunc(api.Scopes(), func(i api.ScopeInfo) bool { return i.Scope == api.Billing }))
}

// Chosen reports whether a permission is ticked.
func (f customForm) Chosen(s api.Scope) bool { return slices.Contains(f.Scopes, string(s)) }

func (f customForm) input() api.CustomAppInput {
	return api.CustomAppInput{Name: api.To(f.Name), Description: api.To(f.Description), Scopes: api.To(f.Scopes)}
}

func sentForm(r *http.Request) customForm {
	f := customForm{Name: strings.TrimSpace(r.PostFormValue("name")), Description: strings.TrimSpace(r.PostFormValue("description"))}
	f.Description = strings.ReplaceAll(f.Description, "\r\n", "\n") // the form's way to end a line
	f.Scopes = append([]string{}, r.PostForm["scopes"]...)
	return f
}

// complain puts the platform's complaints at their fields. It reports whether
// err was about the input.
func (f *customForm) complain(err error) bool {
	refused, ok := platform.Refusal(err)
	if !ok || refused.Code != api.CodeValidation {
		return false
	}
	f.Errors = map[string]string{}
	for _, e := range refused.Errors {
		switch field, _, _ := strings.Cut(e.Field, "["); {
		case field == "scopes" && len(f.Scopes) == 0:
			f.Errors[field] = "Choose at least one permission."
		case field == "name" || field == "description" || field == "scopes":
			f.Errors[field] = map[string]string{"name": "The name ", "description": "The description ", "scopes": "The permissions "}[field] + e.Message + "."
		}
	}
	return len(f.Errors) > 0
}
