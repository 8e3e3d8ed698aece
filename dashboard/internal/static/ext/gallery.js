// <ext-example>: a component with its JSON beside it, which draws what is
// written there as it is written; and the search over all of them.
import { Refusal } from '../bridge/tokens.js';
import { followContext } from './context.js';
import { Overlays } from './overlays.js';
import { PageAround } from './page.js';
import { Painted } from './painted.js';
import { Program } from './program.js';
import { Surface } from './surface.js';
import { toast } from './toast.js';
import { TreeError, check } from './tree.js';
import { h, icon, patch } from './vdom.js';

const TYPED = 200; // ms without a key before what is written is drawn

/** Runs what a tree does, without an app behind it. */
class Rehearsal extends Program {
  /** @override */
  async ask() {
    throw new Refusal(0, 'refused', 'No app stands behind an example. In an extension this call reaches the app.');
  }
}

let examples = 0;

/** Attributes: data-store-id, data-images. Holds a textarea, [data-drawn] and [data-mistake]. */
class ExtExample extends Painted {
  #life = new AbortController();
  #id = `ext-example-${++examples}`;
  #timer = 0;
  /** @type {Surface} */
  #surface;
  /** @type {Overlays} */
  #overlays;

  connectedCallback() {
    const text = this.querySelector('textarea');
    text?.addEventListener('input', () => {
      clearTimeout(this.#timer);
      this.#timer = setTimeout(() => this.#read(text.value), TYPED);
    }, { signal: this.#life.signal });
    if (text) this.#read(text.value);
  }

  disconnectedCallback() {
    this.#life.abort();
  }

  /** Draws what is written if it is a tree; else says what is wrong and keeps the last one. */
  #read(text) {
    try {
      const tree = JSON.parse(text);
      check(tree);
      this.#begin(tree);
      this.#complain('');
    } catch (error) {
      this.#complain(error instanceof TreeError ? `${error.path}: ${error.message}` : `This is not JSON yet: ${error.message}.`);
    }
  }

  #begin(tree) {
    const { storeId: storeID = '', images = '' } = this.dataset;
    const placed = { extension_id: 'example', target: '', title: 'Example', mode: 'json', installation_id: 0, version: 0, app: { name: 'The example', slug: '', icon: '' } };
    const page = new PageAround(storeID, images);
    const program = new Rehearsal(placed, storeID, {
      changed: () => this.draw(),
      replace: (ui) => this.#surface.take(ui),
      open: (kind, title, ui) => this.#overlays.open(kind, title, ui),
      close: (kind) => this.#overlays.close(kind),
      toast, page, context: followContext(this.#life.signal, () => this.draw()),
    }, this.#life.signal);
    const surfaceIn = (name, focus) => new Surface(name, program, placed, { id: this.#id, page, focus });
    this.#overlays = new Overlays(this, this.#id, 'Example', surfaceIn);
    this.#surface = surfaceIn('card', () => this.querySelector('textarea')?.focus());
    this.#surface.take(tree);
    this.draw();
  }

  /** @override */
  paint() {
    const drawn = this.querySelector('[data-drawn]');
    if (drawn && this.#surface) patch(drawn, this.#surface.describe());
    this.#overlays?.paint();
  }

  #complain(words) {
    const place = this.querySelector('[data-mistake]');
    const text = this.querySelector('textarea');
    if (place) patch(place, words ? [icon('alert'), h('span', {}, words)] : []);
    text?.setAttribute('aria-invalid', String(words !== ''));
  }
}

customElements.define('ext-example', ExtExample);

const search = document.querySelector('[data-gallery-search]');
const none = document.querySelector('[data-gallery-none]');

/** Shows the components whose name or words hold what is searched for. */
function narrow(wanted) {
  let found = 0;
  for (const one of document.querySelectorAll('[data-component]')) {
    const fits = `${one.getAttribute('data-component')} ${one.querySelector('[data-about]')?.textContent}`.toLowerCase().includes(wanted);
    if (one instanceof HTMLElement) one.hidden = !fits;
    if (fits) found++;
  }
  for (const group of document.querySelectorAll('[data-component-group]')) {
    if (group instanceof HTMLElement) group.hidden = !group.querySelector('[data-component]:not([hidden])');
  }
  none?.toggleAttribute('hidden', found > 0);
}

if (search instanceof HTMLInputElement) {
  search.addEventListener('input', () => narrow(search.value.trim().toLowerCase()));
  narrow(search.value.trim().toLowerCase()); // kept by the browser on the way back
}
