// A dialog in which a person chooses records of the store for an app. The app
// learns which, and what they are called: for more it needs the scopes.
import { fetchJSON } from '../bridge/tokens.js';
import { h, icon, patch } from './vdom.js';

/** @typedef {{id: number, title: string, detail: string}} Choice */

const PAGE = 20; // records at once
const TYPED = 200; // ms without a key before the search begins

/** @type {Record<string, {many: string, path: string, more?: Record<string, string>, read: (record: any) => Choice}>} */
const KINDS = {
  product: { many: 'products', path: 'products', read: ({ product_id: id, name, total_quantity: left }) => ({ id, title: name, detail: left === undefined ? '' : `${left} in stock` }) },
  order: { many: 'orders', path: 'orders', read: ({ order_id: id, order_number: title, customer_name: name, order_status: status }) => ({ id, title: String(title), detail: [name, status].filter(Boolean).join(' · ') }) },
  customer: { many: 'customers', path: 'customers', more: { include_guests: 'true' }, read: ({ user_id: id, name, phone, email }) => ({ id, title: name, detail: phone || email || '' }) },
};

/**
 * Lets the person choose.
 *
 * @param {string} storeID
 * @param {unknown} type product, order or customer
 * @param {boolean} multiple
 * @param {AbortSignal} signal ends it without a choice
 * @returns {Promise<{id: number, type: string, title: string}[]>} empty if they chose none
 * @throws {Error} for a type that there is not
 */
export function pickResource(storeID, type, multiple, signal) {
  if (typeof type !== 'string' || !Object.hasOwn(KINDS, type)) {
    return Promise.reject(new Error(`There is nothing of type “${String(type).slice(0, 40)}” to choose. The types are ${Object.keys(KINDS).join(', ')}.`));
  }
  if (document.querySelector('dialog.ext-picker')) return Promise.resolve([]); // one question at a time
  return new Picker(storeID, type, multiple, signal).chosen;
}

class Picker {
  #dialog = document.createElement('dialog');
  #life = new AbortController();
  #storeID;
  #type;
  #multiple;
  #query = '';
  #state = 'loading'; // loading, ready or failed
  /** @type {Choice[]} */
  #found = [];
  /** @type {Map<number, Choice>} */
  #picked = new Map();
  #agreed = false;
  #timer = 0;

  constructor(storeID, type, multiple, signal) {
    this.#storeID = storeID;
    this.#type = type;
    this.#multiple = multiple;
    const dialog = this.#dialog;
    Object.assign(dialog, { className: 'dialog ext-dialog ext-picker' });
    Object.assign(dialog.dataset, { testid: 'ext-picker' });
    dialog.setAttribute('aria-labelledby', 'ext-picker-title');
    this.chosen = new Promise((resolve) => {
      dialog.addEventListener('close', () => {
        this.#life.abort();
        dialog.remove();
        resolve(this.#agreed ? [...this.#picked.values()].map(({ id, title }) => ({ id, type, title })) : []);
      }, { once: true });
    });
    signal.addEventListener('abort', () => dialog.close(), { signal: this.#life.signal });
    document.body.append(dialog);
    this.#paint();
    dialog.showModal();
    void this.#search();
  }

  async #search() {
    const { path, more, read } = KINDS[this.#type];
    const query = this.#query;
    const filter = new URLSearchParams({ ...more, limit: String(PAGE), ...(query && { search: query }) });
    try {
      const { data } = await fetchJSON(`/api/stores/${this.#storeID}/${path}?${filter}`, { signal: this.#life.signal });
      if (query !== this.#query) return; // another search is under way
      this.#found = data.map(read);
      this.#state = 'ready';
    } catch (error) {
      if (this.#life.signal.aborted || query !== this.#query) return;
      console.error('ext-picker', error);
      this.#state = 'failed';
    }
    this.#paint();
  }

  #seek(value) {
    this.#query = value.trim();
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#search(), TYPED);
  }

  #pick(choice, on) {
    if (!this.#multiple) this.#picked.clear();
    if (on) this.#picked.set(choice.id, choice);
    else this.#picked.delete(choice.id);
    this.#paint();
  }

  #choose() {
    this.#agreed = true;
    this.#dialog.close();
  }

  #paint() {
    const { many } = KINDS[this.#type];
    const count = this.#picked.size;
    patch(this.#dialog, [
      h('div', { key: 'head', class: 'ext-dialog-head' },
        h('h2', { id: 'ext-picker-title' }, this.#multiple ? `Choose ${many}` : `Choose one of the ${many}`),
        h('button', { type: 'button', class: 'button button-ghost button-icon', 'aria-label': 'Close', 'data-close': true }, icon('close'))),
      h('div', { key: 'body', class: 'ext-dialog-body ext-body' },
        h('input', { key: 'search', class: 'input', type: 'search', placeholder: `Search ${many}`, 'aria-label': `Search ${many}`, autofocus: true, autocomplete: 'off', 'data-testid': 'ext-picker-search', on: { input: (event) => this.#seek(event.target.value) } }),
        h('div', { key: 'list', class: 'ext-picker-list', 'aria-busy': String(this.#state === 'loading') }, this.#list(many))),
      h('div', { key: 'foot', class: 'dialog-foot' },
        h('button', { type: 'button', class: 'button', 'data-close': true }, 'Cancel'),
        h('button', { type: 'button', class: 'button button-primary', disabled: count === 0, 'data-testid': 'ext-picker-choose', on: { click: () => this.#choose() } }, this.#multiple && count > 1 ? `Choose ${count}` : 'Choose')),
    ]);
  }

  #list(many) {
    if (this.#state === 'failed') return h('p', { class: 'meta', role: 'alert' }, `The ${many} could not be loaded. Type again to retry.`);
    if (this.#state === 'ready' && this.#found.length === 0) return h('p', { class: 'meta' }, this.#query ? `No ${many} match “${this.#query}”.` : `This store has no ${many}.`);
    return this.#found.map((choice) => h('label', { key: String(choice.id), class: 'ext-picker-row', 'data-testid': 'ext-picker-row' },
      h('input', {
        type: this.#multiple ? 'checkbox' : 'radio', name: 'ext-picker', live: { checked: this.#picked.has(choice.id) }, on: { change: (event) => this.#pick(choice, event.target.checked) },
      }),
      h('span', { class: 'clip' }, choice.title), h('span', { class: 'meta clip' }, choice.detail)));
  }
}
