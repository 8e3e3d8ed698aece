// Components that people press.
import { oneOf, text, yes } from './values.js';
import { h, icon } from './vdom.js';

/** @typedef {import('./render.js').Use} Use */

const LOOKS = {
  primary: ' button-primary', danger: ' button-danger', destructive: ' button-danger', critical: ' button-danger',
  ghost: ' button-ghost', plain: ' button-ghost', tertiary: ' button-ghost', link: ' button-ghost',
};

/** @param {Use} use */
export function Button(use) {
  const { props, children, busy, page } = use;
  const look = LOOKS[oneOf(props.tone, ['critical', 'destructive']) || oneOf(props.variant, Object.keys(LOOKS))] ?? '';
  const label = text(props, 'label', 'content', 'text', 'title');
  const shape = { class: `button${look}${yes(props.fullWidth) ? ' button-wide' : ''}`, 'data-testid': 'ext-button' };
  const words = [text(props, 'icon') && icon(text(props, 'icon')), label || (children.length === 0 && 'Go on'), children];
  const link = use.has('onClick') ? null : page.link(text(props, 'url', 'href'));
  if (link) return h('a', { ...shape, ...link }, words);
  return h('button', {
    ...shape, type: 'button', disabled: yes(props.disabled), 'aria-busy': busy || yes(props.loading) ? 'true' : undefined,
    on: { click: () => use.run('onClick') },
  }, words);
}

/** @param {Use} use */
export function Link(use) {
  const { props, children, page } = use;
  const words = [text(props, 'content', 'label', 'text', 'title'), children];
  if (use.has('onClick')) return h('button', { type: 'button', class: 'ext-link', on: { click: () => use.run('onClick') } }, words);
  const link = page.link(text(props, 'url', 'href', 'to'));
  if (!link) return h('span', {}, words);
  return h('a', link, words, link.target && [icon('external'), h('span', { class: 'hidden-label' }, ' (opens a new tab)')]);
}

/** @param {Use} use */
export function Tag(use) {
  const label = text(use.props, 'content', 'label', 'text');
  return h('span', { class: 'badge badge-plain ext-tag' }, label, use.children,
    use.has('onRemove') && h('button', { type: 'button', 'aria-label': `Remove ${label}`, on: { click: () => use.run('onRemove') } }, icon('close')));
}
