// The dialogs that one extension has opened: a modal and a drawer.
import { h, icon, patch } from './vdom.js';

/**
 * @typedef {import('./program.js').Overlay} Overlay
 * @typedef {import('./surface.js').Surface} Surface
 */

export class Overlays {
  /** @type {Map<Overlay, {dialog: HTMLDialogElement, surface: Surface, title: string}>} */
  #opened = new Map();
  #parent;
  #id;
  #title;
  #surfaceIn;
  #printable;

  /**
   * @param {HTMLElement} parent that the dialogs are put into
   * @param {string} id begins the ids of their elements
   * @param {string} title of a dialog that has none
   * @param {(name: string, focus: () => void) => Surface} surfaceIn
   * @param {boolean} [printable] true to offer to print what a dialog shows
   */
  constructor(parent, id, title, surfaceIn, printable = false) {
    this.#parent = parent;
    this.#id = id;
    this.#title = title;
    this.#surfaceIn = surfaceIn;
    this.#printable = printable;
  }

  /**
   * @param {Overlay} kind
   * @param {string} title
   * @param {unknown} [ui] what a script draws comes later
   * @returns {{dialog: HTMLDialogElement, surface: Surface}}
   */
  open(kind, title, ui) {
    const shown = this.#opened.get(kind);
    // One that was closed just now has yet to be told so, and goes then.
    const opened = shown?.dialog.open ? shown : this.#add(kind);
    opened.title = title;
    if (ui !== undefined) opened.surface.take(ui);
    this.paint();
    if (!opened.dialog.open) opened.dialog.showModal();
    return opened;
  }

  /** @param {Overlay} kind */
  close(kind) {
    this.#opened.get(kind)?.dialog.close();
  }

  /** @param {Overlay} kind */
  shows(kind) {
    return this.#opened.get(kind)?.surface.tree;
  }

  /** Draws what has changed. */
  paint() {
    for (const [kind, { dialog, surface, title }] of this.#opened) {
      patch(dialog, [
        h('div', { key: 'head', class: 'ext-dialog-head' },
          h('h2', { id: `${this.#id}-${kind}-title`, tabindex: '-1', autofocus: true }, title || this.#title),
          this.#printable && h('button', { key: 'print', type: 'button', class: 'button ext-print', 'data-testid': 'ext-print', on: { click: () => window.print() } }, 'Print'),
          h('button', { key: 'close', type: 'button', class: 'button button-ghost button-icon', 'aria-label': 'Close', 'data-close': true }, icon('close'))),
        h('div', { key: 'body', class: 'ext-dialog-body ext-body' }, surface.describe()),
      ]);
    }
  }

  #add(kind) {
    const dialog = document.createElement('dialog');
    dialog.className = `dialog ext-dialog ext-${kind}`;
    dialog.dataset.testid = `ext-${kind}`;
    dialog.toggleAttribute('data-printable', this.#printable);
    dialog.setAttribute('aria-labelledby', `${this.#id}-${kind}-title`);
    const opened = { dialog, surface: this.#surfaceIn(kind, () => dialog.focus()), title: '' };
    dialog.addEventListener('close', () => {
      if (this.#opened.get(kind) === opened) this.#opened.delete(kind);
      dialog.remove();
    }, { once: true });
    this.#opened.set(kind, opened);
    this.#parent.append(dialog);
    return opened;
  }
}
