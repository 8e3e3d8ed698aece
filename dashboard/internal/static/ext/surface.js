// One place where a tree is drawn: the card, a modal or a drawer.
import { brokenCard, failureNote } from './errors.js';
import { render } from './render.js';
import { TreeError, check } from './tree.js';

/** @typedef {import('./vdom.js').VNode} VNode */

export class Surface {
  /** @type {import('./tree.js').Node | null} */
  tree = null;
  /** @type {{path?: string, message: string} | null} */
  #broken = null;
  #name;
  #program;
  #placed;
  #host;
  #focus;

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
    this.tree = this.#broken = null;
    try {
      check(tree);
      this.tree = tree;
    } catch (error) {
      if (!(error instanceof TreeError)) throw error;
      this.#broken = error;
    }
  }

  /** @returns {VNode[]} */
  describe() {
    const failures = [...this.#program.failures].filter(([, { origin }]) => origin.surface === this.#name);
    // Without what its loader brings, a tree would wait for ever.
    const loaderFailed = failures.some(([, { origin }]) => origin.at === 'loader');
    return [
      ...(loaderFailed ? [] : this.#drawTree()),
      ...failures.map(([key, { problem }]) => failureNote(problem, () => {
        this.#focus();
        void this.#program.retry(key);
      })),
    ];
  }

  #drawTree() {
    if (this.#broken) return [brokenCard(this.#placed, this.#broken)];
    if (!this.tree) return [];
    try {
      return render(this.tree, this.#program.scope(), this.#host);
    } catch (error) {
      console.error('extension', this.#placed.extension_id, error);
      return [brokenCard(this.#placed, { message: 'Drawing it failed. The browser’s console has the details.' })];
    }
  }
}
