// What runs low and what the merchant marked.

import { $, badge, el, item, onPress, plainButton, time } from './dom.js';

const SHOWN_AT_FIRST = 8;

let all = false; // the merchant asked to see every row
let last; // arguments of what was shown last

const left = (quantity) => (quantity > 0 ? badge(String(quantity), 'warning') : badge('None', 'danger'));

const waits = (many) => (many ? [el('span', { text: `${many} ${many === 1 ? 'person waits' : 'people wait'}`, className: 'meta below' })] : []);

function lowRow(variant) {
  return el('tr', { data: { testid: 'app-low', skuId: variant.sku_id } },
    el('td', {}, ...item({ ...variant, sku_code: '' }), ...waits(variant.waiting)),
    el('td', { className: 'wide' }, el('code', { text: variant.sku_code })),
    el('td', { className: 'number' }, left(variant.quantity)));
}

function markItem(mark, unmark) {
  const done = plainButton('Done');
  done.setAttribute('aria-label', `Done: ${mark.name}`);
  onPress(done, () => unmark(mark.sku_id));
  return el('li', { className: 'line', data: { testid: 'app-reorder', skuId: mark.sku_id } },
    el('div', {}, ...item(mark), el('div', { className: 'meta' }, mark.order_number ? `For order ${mark.order_number}, ` : 'From the product list, ', time(mark.marked_at))),
    done);
}

/**
 * Shows the stock and the marks.
 *
 * @param {{low: object[], marks: object[]}} stock
 * @param {(skuID: number) => Promise<void>} unmark
 */
export function showStock(stock, unmark) {
  last = [stock, unmark];
  const { low, marks } = stock;
  $('low-count').textContent = low.length ? `${low.length} ${low.length === 1 ? 'variant' : 'variants'}` : '';
  $('low-table').hidden = low.length === 0;
  $('low-empty').hidden = low.length > 0;
  $('low-wait').hidden = true;
  $('low').replaceChildren(...(all ? low : low.slice(0, SHOWN_AT_FIRST)).map(lowRow));
  $('low-more').hidden = all || low.length <= SHOWN_AT_FIRST;
  $('low-all').textContent = `Show all ${low.length}`;
  $('marks-count').textContent = marks.length || '';
  $('marks-empty').hidden = marks.length > 0;
  $('marks-wait').hidden = true;
  $('marks').replaceChildren(...marks.map((mark) => markItem(mark, unmark)));
}

/** Takes the store's data off the page. */
export function clearStock() {
  last = undefined;
  $('low').replaceChildren();
  $('marks').replaceChildren();
}

$('low-all').addEventListener('click', () => {
  all = true;
  if (last) showStock(...last);
});
