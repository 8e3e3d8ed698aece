// Dialogs that stand in a tree, open while the tree says so. Those that an action
// opens are of overlays.js.
import { text, yes } from './values.js';
import { h, icon } from './vdom.js';

/** @typedef {import('./render.js').Use} Use */

/** <ext-dialog>: shows and hides the dialog inside of it. */
class ExtDialog extends HTMLElement {
  /** @param {boolean} on */
  set shown(on) {
    const dialog = /** @type {HTMLDialogElement | null} */ (this.querySelector(':scope > dialog'));
    if (on && dialog?.isConnected && !dialog.open) dialog.showModal();
    if (!on) dialog?.close();
  }

  get shown() {
    return this.querySelector(':scope > dialog')?.hasAttribute('open') ?? false;
  }
}

customElements.define('ext-dialog', ExtDialog);

const dialog = (kind) => (use) => {
  const { props, children, id } = use;
  return h('ext-dialog', { live: { shown: yes(props.open) } },
    h('dialog', { class: `dialog ext-dialog ext-${kind}`, 'data-testid': `ext-${kind}`, 'aria-labelledby': `${id}-title`, on: { close: () => use.run('onClose') } },
      h('div', { class: 'ext-dialog-head' }, h('h2', { id: `${id}-title`, tabindex: '-1', autofocus: true }, text(props, 'title', 'heading') || 'Details'),
        h('button', { type: 'button', class: 'button button-ghost button-icon', 'aria-label': 'Close', 'data-close': true }, icon('close'))),
      h('div', { class: 'ext-dialog-body ext-body' }, children)));
};

export const Modal = dialog('modal');
export const Drawer = dialog('drawer');
