// Components that say how things stand.
import { number, text, tone, toneClass } from './values.js';
import { h, icon } from './vdom.js';

/** @typedef {import('./render.js').Use} Use */

const ICONS = { success: 'check-circle', warning: 'alert', danger: 'alert', info: 'info' };

const notice = (role) => ({ props, children }) => {
  const hue = tone(props.variant, props.tone, props.status, props.type) || 'info';
  const title = text(props, 'title', 'heading');
  const words = text(props, 'content', 'message', 'text', 'description');
  return h('div', { class: `banner${toneClass(hue)}`, role }, icon(ICONS[hue] ?? 'info'),
    h('div', { class: 'ext-column', 'data-gap': 'xs' }, title && h('p', { class: 'strong' }, title), words && h('p', {}, words), children));
};

export const Banner = notice('status');
export const Alert = notice('alert');

/** @param {Use} use */
export function EmptyState({ props, children }) {
  return h('div', { class: 'empty ext-empty' }, icon(text(props, 'icon') || 'box'),
    h('p', { class: 'strong' }, text(props, 'heading', 'title') || 'Nothing here yet'),
    text(props, 'content', 'description', 'message') && h('p', {}, text(props, 'content', 'description', 'message')),
    children.length > 0 && h('div', { class: 'ext-row', 'data-gap': 'sm', 'data-wrap': true }, children));
}

/** @param {Use} use */
export function Progress({ props, id }) {
  const most = number(props.max, 1e-9, 1e12, 100);
  const value = number(props.value ?? props.progress, 0, most, 0);
  const label = text(props, 'label', 'title');
  const share = `${Math.round((value / most) * 100)}%`;
  return h('div', { class: `ext-progress${toneClass(tone(props.variant, props.tone))}` },
    h('p', { class: label ? 'ext-progress-words' : 'hidden-label' }, h('span', { id: `${id}-label` }, label || 'Progress'), h('span', { class: 'number' }, share)),
    h('div', { class: 'ext-bar', role: 'progressbar', 'aria-labelledby': `${id}-label`, 'aria-valuenow': value, 'aria-valuemin': 0, 'aria-valuemax': most },
      h('div', { class: 'ext-bar-fill', style: { width: share } })));
}

/** @param {Use} use */
export function Spinner({ props }) {
  const label = text(props, 'label', 'content', 'accessibilityLabel');
  return h('p', { class: 'ext-spinner', role: 'status', 'data-small': props.size === 'sm' || props.size === 'small' },
    h('span', { class: 'ext-turn', 'aria-hidden': 'true' }), h('span', { class: label ? 'soft' : 'hidden-label' }, label || 'Loading'));
}
