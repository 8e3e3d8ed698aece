// <ext-action>: one action, from its button to what its app answers. One with a
// tree or a script of its own opens it in a dialog; any other calls its app at
// once.
import { Overlays } from './overlays.js';
import { Painted } from './painted.js';
import { Program } from './program.js';
import { Surface } from './surface.js';
import { toast } from './toast.js';
import { h, patch } from './vdom.js';

/**
 * @typedef {import('./placed.js').Placed} Placed
 * @typedef {import('./page.js').PageAround} PageAround
 */

/**
 * What an action without a tree tells its app: which records it is about.
 *
 * @param {string} target
 * @param {Record<string, any>} context
 */
function subject(target, context) {
  const [kind] = target.split('.');
  if (Array.isArray(context.selected_ids)) return { [`${kind}_ids`]: context.selected_ids };
  const record = context[kind];
  return record ? { [`${kind}_id`]: record[`${kind}_id`] } : {};
}

let actions = 0;

export class ExtAction extends Painted {
  #life = new AbortController();
  #run = new AbortController(); // from one press to the next
  #id = `ext-action-${++actions}`;
  /** @type {Placed} */
  #placed;
  /** @type {Program} */
  #program;
  /** @type {Overlays} */
  #overlays;
  /** @type {Surface | null} */
  #surface = null; // of the script that runs
  #around;

  /**
   * Says what to offer, once, before it is put into the page.
   *
   * @param {Placed} placed
   * @param {{storeID: string, page: PageAround, context: () => Record<string, unknown>}} around
   */
  show(placed, around) {
    this.#placed = placed;
    this.#around = around;
    Object.assign(this.dataset, { testid: 'ext-action', extensionId: placed.extension_id, app: placed.app.slug });
    this.#overlays = new Overlays(this, this.#id, placed.title,
      (name, focus) => new Surface(name, this.#program, placed, { id: this.#id, page: around.page, focus }), placed.target.endsWith('print-action'));
    this.#begin();
  }

  /** Begins anew, with the state that was deployed. */
  #begin() {
    const { storeID, page, context } = this.#around;
    this.#run.abort(); // what still comes for the press before has no say any more
    this.#run = new AbortController();
    this.#program = new Program(this.#placed, storeID, {
      changed: () => this.draw(),
      replace: (ui) => this.#overlays.open('modal', '', ui),
      open: (kind, title, ui) => this.#overlays.open(kind, title, ui),
      close: (kind) => this.#overlays.close(kind),
      toast, context, page,
    }, AbortSignal.any([this.#life.signal, this.#run.signal]));
  }

  connectedCallback() {
    this.paint();
  }

  disconnectedCallback() {
    this.#life.abort();
  }

  paint() {
    const { app, title } = this.#placed;
    const busy = this.#program.busy('button', 'press');
    const picture = this.#around.page.picture(app.icon);
    const head = this.querySelector(':scope > span') ?? this.insertBefore(document.createElement('span'), this.firstChild);
    patch(head, [h('button', { type: 'button', class: 'button', 'aria-busy': busy ? 'true' : undefined, disabled: busy, title: `from ${app.name}`, on: { click: () => void this.#press() } },
      picture && h('img', { class: 'app-icon', src: picture, alt: '', width: 18, height: 18 }), title)]);
    this.#overlays.paint();
  }

  async #press() {
    const { mode, ui, loader, target, action_url: url = '' } = this.#placed;
    this.#begin();
    if (mode === 'sandbox') {
      this.#runScript();
      return;
    }
    if (ui) {
      this.#overlays.open('modal', '', ui);
      if (loader && this.#overlays.shows('modal')) await this.#program.run([loader], { surface: 'modal', at: 'loader' });
      return;
    }
    await this.#program.run([{ type: 'call_backend', url, body: subject(target, this.#around.context()) }], { surface: 'button', at: 'press' });
    for (const { problem } of this.#program.failures.values()) toast([problem.title, problem.detail].filter(Boolean).join('. '), 'error');
  }

  /** Opens a dialog in which the script of an extension of mode sandbox runs until it is closed. */
  #runScript() {
    const { dialog, surface } = this.#overlays.open('modal', '');
    const shown = new AbortController();
    dialog.addEventListener('close', () => shown.abort(), { once: true });
    this.#life.signal.addEventListener('abort', () => shown.abort(), { once: true });
    this.#surface = surface;
    void surface.runScript(dialog, shown.signal, () => dialog.close());
  }

  /** Tells a script that runs what the page is about now. */
  contextChanged() {
    this.#surface?.contextChanged();
    this.draw();
  }
}

customElements.define('ext-action', ExtAction);
