// Components that show records: tables, and names with their values.
import { list, text } from './values.js';
import { h } from './vdom.js';

/** @typedef {import('./render.js').Use} Use */

const pairs = (entries, term, value) => h('dl', { class: 'facts ext-facts' },
  entries.map((entry) => h('div', {}, h('dt', {}, text(entry, ...term)), h('dd', {}, text(entry, ...value) || '–'))));

/** @param {Use} use */
export function KeyValue({ props }) {
  const many = list(props.items ?? props.pairs).filter((entry) => typeof entry === 'object' && entry);
  return pairs(many.length ? many : [props], ['label', 'key', 'term'], ['value', 'content', 'description']);
}

/** @param {Use} use */
export const DescriptionList = ({ props }) => pairs(list(props.items).filter((entry) => typeof entry === 'object' && entry), ['term', 'label', 'key'], ['description', 'value', 'content']);

/** @param {Use} use */
export function Table({ props }) {
  const columns = list(props.columns ?? props.headings).map((column, n) => (typeof column === 'object' && column
    ? { key: text(column, 'key', 'id', 'field') || String(n), title: text(column, 'title', 'label', 'header'), end: ['end', 'right', 'numeric', 'number'].includes(column.align ?? column.type) }
    : { key: String(column), title: String(column), end: false }));
  const types = list(props.columnContentTypes);
  columns.forEach((column, n) => { column.end ||= types[n] === 'numeric'; });
  const cell = (row, column, n) => (Array.isArray(row) ? text(row, String(n)) : text(Object(row), column.key));
  const rows = list(props.rows ?? props.data ?? props.items);
  const caption = text(props, 'caption', 'title', 'label');
  return h('div', { class: 'ext-scroll', tabindex: '0', role: 'group', 'aria-label': caption || 'Table' }, h('table', { class: 'table' },
    caption && h('caption', { class: 'hidden-label' }, caption),
    columns.length > 0 && h('thead', { key: 'head' }, h('tr', {}, columns.map((column) => h('th', { scope: 'col', class: column.end && 'end' }, column.title)))),
    h('tbody', { key: 'body' }, rows.length
      ? rows.map((row) => h('tr', {}, (columns.length ? columns : list(row)).map((column, n) => h('td', { class: column?.end && 'end' }, cell(row, column, n)))))
      : h('tr', {}, h('td', { class: 'soft', colspan: Math.max(1, columns.length) }, text(props, 'emptyText', 'empty') || 'Nothing here yet.')))));
}

export { Table as DataTable, Table as IndexTable };
