// What Restock sells: the offer, what became of a payment, the report.

import { $, el, item, money, save } from './dom.js';

const PRODUCT = 'What to order again, and how much, from the sales of the last 30 days.';

const OFFERS = {
  paid: { badge: ['Paid', 'success'], text: 'The report is yours. It follows your stock and your sales.' },
  pending: { badge: ['Waits for payment', 'warning'], text: PRODUCT },
};

const PAYMENTS = {
  success: ['success', 'Thank you, it is done', 'What you bought is ready.'],
  failed: ['danger', 'The payment failed', 'Nothing was paid. You can try again.'],
  cancelled: ['info', 'The payment was cancelled', 'Nothing was paid. What you wanted to buy waits for you.'],
  declined: ['info', 'You declined the payment', 'Nothing was paid. You can still buy it at any time.'],
};

/** Shows the offer of the report. */
export function showPurchase({ price, currency, status, confirmation_url: url }) {
  const offer = OFFERS[status === 'pending' && !url ? 'none' : status] ?? { text: PRODUCT };
  const card = $('purchase');
  card.hidden = false;
  card.dataset.testid = 'app-purchase';
  card.dataset.status = status;
  $('purchase-text').textContent = offer.text;
  $('purchase-badge').hidden = !offer.badge;
  [$('purchase-badge').textContent, $('purchase-badge').className] = [offer.badge?.[0] ?? '', `badge ${offer.badge?.[1] ?? ''}`];
  $('buy').hidden = status === 'paid';
  $('buy').textContent = url ? 'Continue to payment' : `Buy the reorder report for ${money(price, currency)}`;
  $('purchase-note').hidden = status === 'paid';
  $('purchase-note').textContent = url ? `${money(price, currency)}, once. You can still decline it on the next page.` : 'You pay once, in the dashboard.';
}

/** Says what became of the payment that the merchant comes back from. */
export function showPayment({ payment } = {}) {
  const [hue, title, text] = PAYMENTS[payment] ?? [];
  const banner = $('payment');
  banner.hidden = !title;
  if (!title) return;
  banner.className = `banner ${hue}`;
  banner.dataset.testid = 'app-payment';
  banner.dataset.payment = payment;
  $('payment-title').textContent = title;
  $('payment-text').textContent = text;
}

function reportRow(row) {
  return el('tr', { data: { testid: 'app-report', skuId: row.sku_id } },
    el('td', {}, ...item(row)),
    el('td', { text: row.quantity, className: 'number wide' }),
    el('td', { text: row.sold, className: 'number' }),
    el('td', { text: row.order, className: 'number strong' }));
}

let file = ''; // the report as CSV

/** Shows what was bought. */
export function showReport({ rows, csv }) {
  file = csv;
  $('report').hidden = false;
  $('report-table').hidden = rows.length === 0;
  $('report-save').hidden = rows.length === 0;
  $('report-empty').hidden = rows.length > 0;
  $('report-rows').replaceChildren(...rows.map(reportRow));
}

/** Takes the store's data off the page. */
export function clearShop() {
  file = '';
  $('report').hidden = true;
  $('report-rows').replaceChildren();
  $('payment').hidden = true;
}

$('report-save').addEventListener('click', () => {
  // The byte order mark tells spreadsheets that this is UTF-8.
  save('reorder-report.csv', 'text/csv', `\ufeff${file}`);
});
