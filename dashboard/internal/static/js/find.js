// Finds while people type in the search field: what the search page would show
// is shown below it, as the list of a combobox.
const WAIT = 150; // ms without a key before it looks

const form = /** @type {HTMLFormElement} */ (document.querySelector('[data-search]'));
const field = /** @type {HTMLInputElement} */ (form.querySelector('input'));
const popup = /** @type {HTMLElement} */ (form.querySelector('[data-search-popup]'));
const said = form.querySelector('[data-search-said]');

let timer = 0;
let call = /** @type {AbortController | null} */ (null);
let hits = /** @type {HTMLElement[]} */ ([]);
let active = -1; // the hit that the arrow keys stand on
let from = /** @type {EventTarget | null} */ (null); // where the focus was before

for (const [name, value] of Object.entries({ role: 'combobox', 'aria-autocomplete': 'list', 'aria-haspopup': 'listbox', 'aria-controls': popup.id, 'aria-expanded': 'false' })) {
  field.setAttribute(name, value);
}
popup.setAttribute('aria-label', 'Results');
field.addEventListener('input', soon);
field.addEventListener('keydown', key);
popup.addEventListener('pointerdown', (event) => event.preventDefault()); // the field keeps the focus
form.addEventListener('focusout', (event) => {
  if (inside(event.relatedTarget)) return;
  forget();
  if (document.hasFocus()) form.removeAttribute('data-open'); // a phone shows its bar again
});
form.addEventListener('keydown', (event) => {
  if (event.key !== 'Escape' || event.isComposing) return;
  event.preventDefault(); // it meant the field, and nothing behind it
  leave();
});
form.querySelector('[data-search-leave]')?.addEventListener('click', leave);
if (field.value !== field.defaultValue) soon(); // written before this came

/** @param {EventTarget | null} target */
function inside(target) {
  return target instanceof Node && form.contains(target);
}

/**
 * Notes where the focus came from when it comes to the search.
 *
 * @param {EventTarget | null} before
 */
export function enter(before) {
  if (!inside(before)) from = before;
}

function leave() {
  form.removeAttribute('data-open');
  if (from instanceof HTMLElement) from.focus();
  if (document.activeElement instanceof HTMLElement && inside(document.activeElement)) document.activeElement.blur();
}

function soon() {
  clearTimeout(timer);
  stand(-1);
  timer = setTimeout(look, WAIT);
}

/** Asks for what is written. An earlier question is given up: its answer is not shown. */
async function look() {
  call?.abort();
  const text = field.value.trim();
  if (!text) return forget();
  const mine = new AbortController();
  call = mine;
  let results = null;
  try {
    const answer = await fetch(form.action + '?' + new URLSearchParams({ q: text }), { headers: { 'X-Live-Refresh': '1' }, credentials: 'same-origin', signal: mine.signal });
    const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
    if (answer.ok && !answer.redirected) results = page.querySelector('[data-search-results]');
  } catch {
    // No answer: said below, unless it was given up.
  }
  if (mine !== call) return;
  call = null;
  show(results);
}

/** @param {Element | null} results */
function show(results) {
  const found = results ? document.importNode(results, true) : trouble();
  popup.replaceChildren(found);
  popup.hidden = false;
  hits = [...popup.querySelectorAll('[data-hit]')].filter((hit) => hit instanceof HTMLElement);
  hits.forEach((hit, n) => {
    hit.id = 'search-hit-' + n;
    hit.tabIndex = -1;
    hit.setAttribute('role', 'option');
    hit.setAttribute('aria-selected', 'false');
  });
  for (const plain of popup.querySelectorAll('ul, li, h2')) plain.setAttribute('role', 'presentation');
  for (const group of popup.querySelectorAll('section')) group.setAttribute('role', 'group');
  if (hits.length) popup.setAttribute('role', 'listbox');
  else popup.removeAttribute('role');
  field.setAttribute('aria-expanded', String(hits.length > 0));
  stand(-1);
  if (said) said.textContent = found.getAttribute('data-said');
}

function trouble() {
  const words = document.createElement('p');
  words.className = 'search-failed';
  words.textContent = 'The search gave no answer. Press Enter to try again.';
  words.setAttribute('data-said', words.textContent);
  return words;
}

function forget() {
  clearTimeout(timer);
  call?.abort();
  call = null;
  hits = [];
  stand(-1);
  popup.hidden = true;
  popup.replaceChildren();
  field.setAttribute('aria-expanded', 'false');
  if (said) said.textContent = '';
}

/** @param {KeyboardEvent} event */
function key(event) {
  if (event.isComposing) return;
  if (event.key === 'Enter' && active >= 0) {
    event.preventDefault();
    hits[active].click();
  } else if (hits.length && (event.key === 'ArrowDown' || event.key === 'ArrowUp')) {
    event.preventDefault();
    const places = hits.length + 1; // the field is one of them
    stand(((active + 1 + (event.key === 'ArrowDown' ? 1 : places - 1)) % places) - 1);
  }
}

/** @param {number} n */
function stand(n) {
  hits[active]?.setAttribute('aria-selected', 'false');
  active = n;
  const hit = hits[n];
  if (!hit) return field.removeAttribute('aria-activedescendant');
  hit.setAttribute('aria-selected', 'true');
  hit.scrollIntoView({ block: 'nearest' });
  field.setAttribute('aria-activedescendant', hit.id);
}
