// One place where a tree is drawn: the card, a modal or a drawer.
import { brokenCard, failureNote } from './errors.js';
import { ACTIONS } from './names.js';
import { prepare, render } from './render.js';
import { TreeError, check } from './tree.js';

/** @typedef {import('./vdom.js').VNode} VNode */

/** Actions of a tree that a script has rendered: its functions too. */
const HANDLED = [...ACTIONS, 'event'];

export class Surface {
  /** @type {import('./tree.js').Node | null} */
  tree = null;
  /** @type {{path?: string, message: string} | null} */
  #broken = null;
  #loading = /** @type {Promise<void> | null} */ (null); // of components that the tree needs
  #name;
  #program;
  #placed;
  #host;
  #focus;
  #sandbox = /** @type {import('./sandbox.js').Sandbox | null} */ (null);

  /**
   * @param {string} name card, modal or drawer
   * @param {import('./program.js').Program} program
   * @param {import('./placed.js').Placed} placed
   * @param {{id: string, page: import('./render.js').Page, focus: () => void}} around focus: takes the focus when a Retry goes away
   */
  constructor(name, program, placed, { id, page, focus }) {
    this.#name = name;
    this.#program = program;
    this.#placed = placed;
    this.#focus = focus;
    this.#host = {
      id: `${id}-${name}`, page,
      busy: (at) => program.busy(name, at),
      run: (actions, at, value) => void program.run(actions, { surface: name, at, value }),
    };
  }

  /**
   * Takes a tree to draw, if it is one.
   *
   * @param {unknown} tree
   */
  take(tree) {
    this.tree = this.#broken = this.#loading = null;
    try {
      check(tree, this.#placed.mode === 'sandbox' ? HANDLED : undefined);
      this.tree = tree;
      this.#load(prepare(tree));
    } catch (error) {
      if (!(error instanceof TreeError)) throw error;
      this.#broken = error;
    }
  }

  /**
   * Runs the script of an extension of mode sandbox, which says what to draw.
   *
   * @param {HTMLElement} root that what is described here is put into
   * @param {AbortSignal} signal ends the script
   * @param {() => void} hide
   */
  async runScript(root, signal, hide) {
    const { Sandbox } = await import('./sandbox.js');
    if (signal.aborted) return;
    this.#sandbox = this.#program.script = new Sandbox(this.#placed, this.#program, {
      surface: this.#name, frame: () => root.querySelector('iframe.ext-frame'), take: (ui) => this.take(ui), hide,
    }, signal);
    this.#program.redraw();
  }

  /** Tells the script what the page is about now. */
  contextChanged() {
    this.#sandbox?.contextChanged();
  }

  /** Draws once everything is here. */
  async #load(loading) {
    if (!loading) return;
    this.#loading = loading;
    try {
      await loading;
    } catch (error) {
      console.error('extension', this.#placed.extension_id, error);
      if (this.#loading === loading) this.#broken = { message: 'The dashboard could not load what it is drawn with. Reload the page.' };
    }
    if (this.#loading !== loading) return; // another tree has come
    this.#loading = null;
    this.#program.redraw();
  }

  /** @returns {VNode[]} */
  describe() {
    const failures = [...this.#program.failures].filter(([, { origin }]) => origin.surface === this.#name);
    // Without what its loader brings, a tree would wait for ever.
    const loaderFailed = failures.some(([, { origin }]) => origin.at === 'loader');
    return [
      ...(this.#sandbox?.describe() ?? []),
      ...(loaderFailed ? [] : this.#drawTree()),
      ...failures.map(([key, { problem }]) => failureNote(problem, () => {
        this.#focus();
        void this.#program.retry(key);
      })),
    ];
  }

  #drawTree() {
    if (this.#broken) return [brokenCard(this.#placed, this.#broken)];
    if (!this.tree || this.#loading) return [];
    try {
      return render(this.tree, this.#program.scope(), this.#host);
    } catch (error) {
      console.error('extension', this.#placed.extension_id, error);
      return [brokenCard(this.#placed, { message: 'Drawing it failed. The browser’s console has the details.' })];
    }
  }
}
