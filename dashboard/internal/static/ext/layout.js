// Components that put others in their place.
import { align, gap, justify, number, oneOf, text, yes } from './values.js';
import { h } from './vdom.js';

/** @typedef {import('./render.js').Use} Use */

const PADDINGS = ['none', 'xs', 'sm', 'md', 'lg'];
const style = (values) => Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));

/** @param {Use} use */
export function Card({ props, children, id }) {
  const title = text(props, 'title');
  const subtitle = text(props, 'subtitle');
  return h('div', { class: 'ext-inner', role: title && 'group', 'data-border': yes(props.border ?? true), 'data-padding': oneOf(props.padding, PADDINGS, 'md'), 'aria-labelledby': title && `${id}-title` },
    title && h('h3', { class: 'ext-title', id: `${id}-title` }, title),
    subtitle && h('p', { class: 'meta' }, subtitle),
    children);
}

const stacked = (horizontal) => ({ props, children }) => h('div', {
  class: horizontal ? 'ext-row' : 'ext-column', 'data-gap': gap(props.gap), 'data-wrap': horizontal && yes(props.wrap ?? true), 'data-aligned': Boolean(align(props.align)),
  style: style({ 'align-items': align(props.align), 'justify-content': justify(props.justify) }),
}, children);

export const InlineStack = stacked(true);
export const BlockStack = stacked(false);

/** @param {Use} use */
export const Stack = (use) => (use.props.direction === 'horizontal' ? InlineStack : BlockStack)(use);

/** @param {Use} use */
export function Grid({ props, children }) {
  const columns = number(props.columns, 1, 6, 2);
  return h('div', { class: 'ext-grid', 'data-gap': gap(props.gap, 'lg'), style: { '--columns': String(Math.round(columns)) } }, children);
}

/** @param {Use} use */
export function Box({ props, children }) {
  return h('div', {
    class: 'ext-column', 'data-gap': 'sm', 'data-padding': oneOf(props.padding, PADDINGS, 'none'),
    'data-round': Boolean(props.borderRadius), 'data-back': oneOf(props.background, ['subtle', 'sunken', 'muted', 'surface']) ? 'sunken' : undefined,
  }, children);
}

/** @param {Use} use */
export const Divider = ({ props }) => h('hr', { class: 'ext-line', 'data-gap': oneOf(props.spacing, ['sm', 'md', 'lg'], 'sm') });

/** @param {Use} use */
export const ButtonGroup = ({ props, children }) => h('div', { class: 'ext-row', role: 'group', 'data-gap': gap(props.gap, 'sm'), 'data-wrap': true }, children);

/**
 * A component that has no form of its own: its words, then its children.
 *
 * @param {Use} use
 */
export function Plain({ props, children }) {
  const title = text(props, 'title', 'heading', 'label', 'term', 'name');
  const words = text(props, 'content', 'text', 'description', 'message', 'value');
  return h('div', { class: 'ext-column', 'data-gap': 'sm' }, title && h('p', { class: 'strong' }, title), words && h('p', {}, words), children);
}
