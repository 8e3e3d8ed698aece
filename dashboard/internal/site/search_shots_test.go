package site_test

// searchShots are the search of store 22, on its page and below its field.
var searchShots = []shot{
	{"search", "/22/search?q=a", ""}, {"search-none", "/22/search?q=nothing+at+all", ""}, {"search-start", "/22/search", ""},
	{"search-popup", "/22/orders", typed("nus")}, {"search-popup-none", "/22/orders", typed("<b>nothing</b>")}, {"search-open", "/22/orders", typed("")},
}

// typed writes into the search field and waits for what it finds.
func typed(text string) string {
	const write = `const field = document.querySelector('[data-testid=search]');
document.dispatchEvent(new KeyboardEvent('keydown', { key: '/', cancelable: true }));
field.value = '`
	const wait = `'; field.dispatchEvent(new Event('input'));
for (let n = 0; field.value && n < 300 && document.querySelector('[data-search-popup]').hidden; n++) await new Promise(requestAnimationFrame);
if (field.value) field.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowDown', cancelable: true }));`
	return write + text + wait
}
