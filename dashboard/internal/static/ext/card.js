// <ext-card>: one extension in a slot, with the app it comes from, its dialogs,
// and whatever is wrong with it. Nothing that happens here leaves the card.
import { Overlays } from './overlays.js';
import { Painted } from './painted.js';
import { Program } from './program.js';
import { Surface } from './surface.js';
import { asText, resolve } from './template.js';
import { toast } from './toast.js';
import { h, icon, patch } from './vdom.js';

/**
 * @typedef {import('./placed.js').Placed} Placed
 * @typedef {import('./page.js').PageAround} PageAround
 */

let cards = 0;

export class ExtCard extends Painted {
  #frame = document.createElement('section');
  #life = new AbortController();
  /** @type {Overlays} */
  #overlays;
  #id = `ext-${++cards}`;
  /** @type {Placed} */
  #placed;
  /** @type {PageAround} */
  #page;
  /** @type {Program} */
  #program;
  /** @type {Surface} */
  #surface;

  /**
   * Says what to show, once, before the card is put into the page.
   *
   * @param {Placed} placed
   * @param {{storeID: string, page: PageAround, context: () => Record<string, unknown>}} around
   */
  show(placed, { storeID, page, context }) {
    this.#placed = placed;
    this.#page = page;
    Object.assign(this.dataset, { testid: 'ext-card', extensionId: placed.extension_id, app: placed.app.slug });
    this.#overlays = new Overlays(this, this.#id, placed.title, (name, focus) => this.#surfaceIn(name, focus));
    this.#program = new Program(placed, storeID, {
      changed: () => this.draw(),
      replace: (ui) => {
        this.#surface.take(ui);
        this.draw();
      },
      open: (kind, title, ui) => this.#overlays.open(kind, title, ui),
      close: (kind) => this.#overlays.close(kind),
      toast, context, page,
    }, this.#life.signal);
    this.#surface = this.#surfaceIn('card', () => this.#frame.focus());
    if (placed.mode !== 'sandbox') this.#surface.take(placed.ui);
  }

  connectedCallback() {
    this.#frame.className = 'card ext-card';
    this.#frame.tabIndex = -1;
    this.#frame.setAttribute('aria-labelledby', `${this.#id}-title`);
    this.replaceChildren(this.#frame);
    this.paint();
    const { loader, mode } = this.#placed;
    if (mode === 'sandbox') void this.#surface.runScript(this.#frame, this.#life.signal, () => { this.hidden = true; });
    else if (loader && this.#surface.tree) void this.#program.run([loader], { surface: 'card', at: 'loader' });
  }

  disconnectedCallback() {
    this.#life.abort();
  }

  /** Draws what has become of the page's context. */
  contextChanged() {
    this.#surface.contextChanged();
    this.draw();
  }

  #surfaceIn(name, focus) {
    return new Surface(name, this.#program, this.#placed, { id: this.#id, page: this.#page, focus });
  }

  paint() {
    this.toggleAttribute('data-busy', this.#program.busy('card', 'loader'));
    this.#frame.setAttribute('aria-busy', String(this.#program.busy('card', 'loader')));
    patch(this.#frame, [this.#head(), h('div', { key: 'body', class: 'card-body ext-body' }, this.#surface.describe())]);
    this.#overlays.paint();
  }

  /** A tree whose root is a Card names the card it is in. */
  #head() {
    const { app, title, extension_id: id } = this.#placed;
    const root = this.#surface.tree?.type === 'Card' ? this.#surface.tree.props ?? {} : {};
    const own = (name) => asText(resolve(root[name], this.#program.scope()));
    const picture = this.#page.picture(app.icon);
    return h('div', { key: 'head', class: 'card-head ext-head' },
      h('div', { key: 'title' }, h('h2', { id: `${this.#id}-title` }, own('title') || title || id), own('subtitle') && h('p', { class: 'meta' }, own('subtitle'))),
      h('p', { key: 'from', class: 'meta ext-from' },
        picture ? h('img', { class: 'app-icon', src: picture, alt: '', width: 20, height: 20 }) : h('span', { class: 'app-icon initial', 'aria-hidden': 'true' }, app.name.slice(0, 1)),
        h('span', {}, `from ${app.name}`)));
  }
}

customElements.define('ext-card', ExtCard);
