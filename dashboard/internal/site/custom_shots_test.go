package site_test

// customShots are the custom apps of store 22, and the forms around them. The
// secrets come from the fake platform.
var customShots = []shot{
	{"custom-list", "/22/settings/apps/custom", ""}, {"custom-none", "/23/settings/apps/custom", ""}, {"custom-new", "/22/settings/apps/custom/new", ""},
	{"custom-refused", "/22/settings/apps/custom/new", `const f = document.querySelector('form[action$="/new"]'); f.noValidate = true; f.elements.name.value = 'ab'; f.querySelector('[type=submit]').click(); await new Promise(() => {})`},
	{"custom-app", "/22/settings/apps/custom/3", ""},
	{"custom-regenerate", "/22/settings/apps/custom/3", `document.querySelector('[data-testid=custom-regenerate]').click()`},
	{"custom-delete", "/22/settings/apps/custom/3", `document.querySelector('[data-testid=custom-delete]').click()`},
}
