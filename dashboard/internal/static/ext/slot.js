// <ext-slot>: a place of a page where apps show extensions. EXTENSIONS.md says
// what those are made of.
import { ExtCard } from './card.js';
import { followContext } from './context.js';
import { PageAround } from './page.js';
import { placedAt } from './placed.js';
import { h, icon, patch } from './vdom.js';

const FIRST_HEIGHT = 120; // px of the skeleton before the real one is known

/**
 * Attributes: data-target, data-store-id, data-images (origin of pictures),
 * data-app and data-extension (optional: only those of this app, only this one).
 */
export class ExtSlot extends HTMLElement {
  #life = new AbortController();
  #context = () => /** @type {Record<string, unknown>} */ ({});

  connectedCallback() {
    this.#life = new AbortController();
    this.#context = followContext(this.#life.signal, () => {
      for (const card of this.children) if (card instanceof ExtCard) card.contextChanged();
    });
    this.#skeleton();
    void this.#load();
  }

  disconnectedCallback() {
    this.#life.abort();
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
      const { app, extension } = this.dataset;
      const placed = (await placedAt(storeID, target, signal)).filter((one) => (!app || one.app.slug === app) && (!extension || one.extension_id === extension));
      const around = { storeID, page: new PageAround(storeID, images), context: this.#context };
      this.replaceChildren(...placed.map((one) => {
        const card = new ExtCard();
        card.show(one, around);
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
