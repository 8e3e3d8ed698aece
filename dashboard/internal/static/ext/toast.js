// Short messages over the page. They stand in the top layer, over dialogs too.
import { asText } from './template.js';
import { h, icon, patch } from './vdom.js';

const STAY = 6000; // ms; errors stay until they are closed
const MOST = 3; // at once
const ICONS = { success: 'check-circle', info: 'info', warning: 'alert', error: 'alert' };

/** @type {{id: number, message: string, type: string}[]} */
let shown = [];
let last = 0;
let region = /** @type {HTMLElement | null} */ (null);

/**
 * Shows a message.
 *
 * @param {unknown} message
 * @param {unknown} type info, success, warning or error
 */
export function toast(message, type) {
  const words = asText(message).slice(0, 300);
  if (!words) return;
  const kind = typeof type === 'string' && Object.hasOwn(ICONS, type) ? type : 'info';
  const id = ++last;
  shown = [...shown, { id, message: words, type: kind }].slice(-MOST);
  draw();
  if (kind !== 'error') setTimeout(() => close(id), STAY);
}

function close(id) {
  shown = shown.filter((one) => one.id !== id);
  draw();
}

function draw() {
  region ??= Object.assign(document.createElement('div'), { className: 'toasts', role: 'status', popover: 'manual' });
  // What is outside an open dialog cannot be pressed or heard.
  const home = [...document.querySelectorAll('dialog:modal')].at(-1) ?? document.body;
  if (region.parentElement !== home) home.append(region);
  region.togglePopover(shown.length > 0);
  patch(region, shown.map(({ id, message, type }) => h('div', { key: String(id), class: `toast toast-${type === 'error' ? 'danger' : type}`, 'data-testid': 'toast', 'data-type': type },
    icon(ICONS[type]), h('p', {}, message), h('button', { type: 'button', class: 'button', 'aria-label': 'Close', on: { click: () => close(id) } }, icon('close')))));
}
