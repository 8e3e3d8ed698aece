// <ext-slot>: a place of a page where apps show extensions. EXTENSIONS.md says
// what those are made of.
import { fetchJSON } from '../bridge/tokens.js';
import { ExtCard } from './card.js';
import { PageAround } from './page.js';
import { h, icon, patch } from './vdom.js';

/**
 * @typedef {object} Placed an extension on a store, as the platform lists it
 * @property {string} extension_id
 * @property {string} title
 * @property {string} mode json or sandbox
 * @property {import('./tree.js').Node} [ui]
 * @property {Record<string, unknown>} [state]
 * @property {import('./tree.js').Action} [loader]
 * @property {number} installation_id
 * @property {{name: string, slug: string, icon: string}} app
 * @property {Record<string, unknown>} [settings]
 */

const FIRST_HEIGHT = 120; // px of the skeleton before the real one is known

/**
 * Attributes: data-target, data-store-id, data-images (origin of pictures),
 * data-context (id of the element whose data element has the page's context,
 * as JSON; a refresh of the page may replace that).
 */
export class ExtSlot extends HTMLElement {
  #life = new AbortController();
  /** @type {Record<string, unknown>} */
  #context = {};

  connectedCallback() {
    this.#life = new AbortController();
    this.#followContext();
    this.#skeleton();
    void this.#load();
  }

  disconnectedCallback() {
    this.#life.abort();
  }

  #followContext() {
    const holder = document.getElementById(this.dataset.context ?? '');
    const read = () => {
      this.#context = JSON.parse(holder?.querySelector('data')?.value || '{}');
    };
    read();
    if (!holder) return;
    const observer = new MutationObserver(() => {
      read();
      for (const card of this.children) if (card instanceof ExtCard) card.draw();
    });
    observer.observe(holder, { childList: true });
    this.#life.signal.addEventListener('abort', () => observer.disconnect());
  }

  /** Reserves the room that the cards had the last time. */
  #skeleton() {
    this.replaceChildren(...this.#remembered().map((height) => {
      const bone = document.createElement('div');
      bone.className = 'card ext-bone';
      bone.setAttribute('aria-hidden', 'true');
      bone.style.setProperty('height', `${height}px`);
      return bone;
    }));
  }

  get #memory() {
    return `ext:${this.dataset.storeId}:${this.dataset.target}`;
  }

  /** @returns {number[]} */
  #remembered() {
    try {
      const heights = JSON.parse(sessionStorage.getItem(this.#memory) ?? '');
      return heights.filter(Number.isFinite);
    } catch {
      return [FIRST_HEIGHT];
    }
  }

  async #load() {
    const { storeId: storeID = '', target = '', images = '' } = this.dataset;
    const { signal } = this.#life;
    try {
      const query = new URLSearchParams({ store_id: storeID, target });
      const { data } = await fetchJSON(`/api/apps/extensions?${query}`, { signal });
      const around = { storeID, page: new PageAround(storeID, images), context: () => this.#context };
      this.replaceChildren(...data.map((placed) => {
        const card = new ExtCard();
        card.show(placed, around);
        return card;
      }));
      this.#remember(signal);
    } catch (error) {
      if (!signal.aborted) this.#failed(error);
    }
  }

  #remember(signal) {
    const observer = new ResizeObserver(() => {
      sessionStorage.setItem(this.#memory, JSON.stringify([...this.children].map((card) => card.getBoundingClientRect().height)));
    });
    observer.observe(this);
    signal.addEventListener('abort', () => observer.disconnect());
  }

  #failed(error) {
    console.error('ext-slot', error);
    const note = document.createElement('div');
    this.replaceChildren(note);
    patch(note, [h('div', { class: 'banner tone-warning', role: 'alert', 'data-testid': 'ext-error', 'data-code': 'no_list' }, icon('alert'),
      h('div', { class: 'ext-column', 'data-gap': 'xs' },
        h('p', { class: 'strong' }, 'Extensions of your apps could not be loaded'), h('p', {}, 'The rest of this page is not affected.'),
        h('div', {}, h('button', { type: 'button', class: 'button', 'data-testid': 'ext-retry', on: { click: () => void this.#load() } }, icon('refresh'), 'Retry'))))]);
  }
}

customElements.define('ext-slot', ExtSlot);
