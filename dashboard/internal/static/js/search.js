// The search field of the top bar: "/" goes to it, and on a phone a button
// opens it. What finds while people type comes with the first visit.
const form = document.querySelector('[data-search]');

if (form) {
  const open = () => {
    form.setAttribute('data-open', ''); // a phone hides what is not
    const field = form.querySelector('input');
    field?.focus();
    field?.select();
  };
  document.addEventListener('keydown', (event) => {
    if (event.key !== '/' || event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
    if (event.composedPath().some(taken) || document.querySelector('dialog[open]')) return;
    event.preventDefault(); // it meant the field, and is not written there
    open();
  });
  document.querySelector('[data-search-open]')?.addEventListener('click', (event) => {
    event.preventDefault();
    open();
  });
  form.addEventListener('focusin', async (event) => {
    const { enter } = await import('./find.js');
    enter(/** @type {FocusEvent} */ (event).relatedTarget);
  });
}

/** Reports whether keys that are pressed in an element are its own. */
function taken(element) {
  return element instanceof HTMLElement && (element.isContentEditable || element.matches('input, textarea, select, dialog'));
}
