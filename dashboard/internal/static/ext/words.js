// Components that show words and pictures.
import { list, number, oneOf, text, tone, toneClass } from './values.js';
import { h, icon } from './vdom.js';

/** @typedef {import('./render.js').Use} Use */

const TONE_ICONS = { success: 'check-circle', warning: 'alert', danger: 'x-circle', info: 'info', accent: 'circle-dot' };

/** @param {Use} use */
export function Text({ props, children }) {
  const small = ['caption', 'meta', 'small', 'bodySm', 'bodyXs'].includes(props.variant) || ['sm', 'xs'].includes(props.size);
  const weight = oneOf(props.weight ?? props.fontWeight, ['medium', 'semibold', 'bold']) || (/^(strong|heading)/.test(props.variant) ? 'semibold' : undefined);
  return h('p', {
    class: `ext-text${toneClass(tone(props.tone, props.color, props.variant))}`, 'data-small': small, 'data-weight': weight,
    'data-soft': [props.tone, props.color, props.variant].some((value) => value === 'subdued' || value === 'muted' || value === 'secondary'),
  }, text(props, 'content', 'text', 'value'), children);
}

/** @param {Use} use */
export function Heading({ props, children }) {
  const level = Math.round(number(props.level, 1, 4, 2));
  // The page owns the first two levels, the extension's own title the third.
  return h(`h${Math.min(level + 2, 6)}`, { class: 'ext-heading', 'data-level': level }, text(props, 'content', 'text', 'title'), children);
}

/** @param {Use} use */
export function Badge({ props, children }) {
  const hue = tone(props.variant, props.tone, props.status);
  return h('span', { class: `badge${hue ? toneClass(hue) : ' badge-plain'}` }, hue && icon(TONE_ICONS[hue]), text(props, 'content', 'label', 'text'), children);
}

/** @param {Use} use */
export function Icon({ props }) {
  const label = text(props, 'label', 'accessibilityLabel');
  return h('span', { class: `ext-icon${toneClass(tone(props.tone, props.color))}`, role: label ? 'img' : undefined, 'aria-label': label }, icon(text(props, 'name', 'source', 'icon')));
}

/** @param {Use} use */
export function Image({ props, page }) {
  const alt = text(props, 'alt', 'accessibilityLabel');
  const src = page.picture(text(props, 'src', 'source', 'url'));
  const size = { width: number(props.width, 1, 1200, 0) || undefined, height: number(props.height, 1, 1200, 0) || undefined };
  if (src) return h('img', { class: 'ext-image', src, alt, loading: 'lazy', ...size });
  return h('span', { class: 'ext-image ext-no-image', role: 'img', 'aria-label': alt || 'Picture that is not shown' }, icon('box'), alt && h('span', { class: 'meta' }, alt));
}

/** @param {Use} use */
export function List({ props, children }) {
  const numbered = props.type === 'number' || props.ordered === true;
  const items = list(props.items).map((item) => (typeof item === 'object' && item ? text(item, 'content', 'label', 'title', 'text') : text({ item }, 'item')));
  return h(numbered ? 'ol' : 'ul', { class: 'ext-list' }, [...items, ...children].map((item) => h('li', {}, item)));
}
