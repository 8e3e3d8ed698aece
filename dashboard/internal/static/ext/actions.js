// <ext-actions>: a place of a page where apps offer actions, as buttons.
import { followContext } from './context.js';
import { PageAround } from './page.js';
import { placedAt } from './placed.js';

/** Attributes: data-target, data-store-id, data-images (origin of pictures). */
class ExtActions extends HTMLElement {
  #life = new AbortController();

  connectedCallback() {
    this.#life = new AbortController();
    void this.#load();
  }

  disconnectedCallback() {
    this.#life.abort();
  }

  async #load() {
    const { storeId: storeID = '', target = '', images = '' } = this.dataset;
    const { signal } = this.#life;
    const context = followContext(signal, () => {
      for (const action of this.children) /** @type {import('./action.js').ExtAction} */ (action).contextChanged();
    });
    try {
      const around = { storeID, page: new PageAround(storeID, images), context };
      const placed = await placedAt(storeID, target, signal);
      if (placed.length === 0) return;
      const { ExtAction } = await import('./action.js');
      if (!signal.aborted) this.replaceChildren(...placed.map((one) => {
        const action = new ExtAction();
        action.show(one, around);
        return action;
      }));
    } catch (error) {
      if (!signal.aborted) console.error('ext-actions', target, error); // the page is whole without them
    }
  }
}

customElements.define('ext-actions', ExtActions);
