// Rows of a list that are selected. They stay so while the list refreshes
// itself, and are told by the bar below it.

import { selection } from './selection.js';

const list = /** @type {HTMLElement | null} */ (document.querySelector('[data-selection]'));

if (list) {
  selection.of = list.dataset.selection ?? '';
  list.addEventListener('change', (event) => {
    const box = event.target;
    if (!(box instanceof HTMLInputElement)) return;
    if (box.matches('[data-select-all]')) select(boxes(), box.checked);
    else if (box.matches('[data-select]')) select([box], box.checked);
  });
  list.addEventListener('click', range);
  list.querySelector('[data-selection-clear]')?.addEventListener('click', clear);
  document.addEventListener('keydown', (event) => {
    if (event.key === 'Escape' && !event.defaultPrevented && !document.querySelector('dialog[open]')) clear();
  });
  new MutationObserver(show).observe(list.querySelector('[data-live]') ?? list, { childList: true });
  select(boxes().filter((box) => box.checked), true); // before this ran, or as the browser remembers
}

/** @returns {HTMLInputElement[]} */
function boxes() {
  return [...(list?.querySelectorAll('[data-select]') ?? [])].filter((box) => box instanceof HTMLInputElement);
}

/** The row that was pressed last; with the shift key all up to the next are pressed with it. */
let last = /** @type {string | null} */ (null);

/** @param {MouseEvent} event */
function range(event) {
  const box = event.target;
  if (!(box instanceof HTMLInputElement) || !box.matches('[data-select]')) return;
  const all = boxes();
  const from = all.findIndex((other) => other.value === last);
  const to = all.indexOf(box);
  if (event.shiftKey && from >= 0) select(all.slice(Math.min(from, to), Math.max(from, to) + 1), box.checked);
  last = box.value;
}

/**
 * @param {HTMLInputElement[]} rows
 * @param {boolean} on
 */
function select(rows, on) {
  const ids = new Set(selection.ids);
  for (const { value } of rows) {
    if (on) ids.add(Number(value));
    else ids.delete(Number(value));
  }
  selection.ids = [...ids];
  show();
}

function clear() {
  selection.ids = [];
  show();
}

/** Brings the page to what is selected; a row that has gone is selected no more. */
function show() {
  const all = boxes();
  const shown = new Set(all.map((box) => Number(box.value)));
  selection.ids = selection.ids.filter((id) => shown.has(id));
  for (const box of all) box.checked = selection.ids.includes(Number(box.value));
  const whole = list?.querySelector('[data-select-all]');
  if (whole instanceof HTMLInputElement) {
    whole.checked = all.length > 0 && selection.ids.length === all.length;
    whole.indeterminate = selection.ids.length > 0 && !whole.checked;
  }
  const bar = list?.querySelector('[data-selection-bar]');
  const count = bar?.querySelector('[data-selection-count]');
  if (!(bar instanceof HTMLElement) || !count) return;
  count.textContent = `${selection.ids.length} selected`;
  if (bar.hidden && selection.ids.length === 0) return;
  // The bar comes and goes; what has always been there is what is read aloud.
  const said = list?.querySelector('[data-selection-said]');
  if (said) said.textContent = selection.ids.length ? count.textContent : 'Nothing is selected.';
  if (bar.contains(document.activeElement) && selection.ids.length === 0) all[0]?.focus();
  bar.hidden = selection.ids.length === 0;
}
