// The store's orders, the webhooks, and what is wrong.

import { $, badge, el, money, onPress, time } from './dom.js';

const STATUSES = {
  pending: ['Pending', 'warning'],
  confirmed: ['Confirmed', 'info'],
  processing: ['Processing', 'info'],
  shipped: ['Shipped', 'info'],
  delivered: ['Delivered', 'success'],
  completed: ['Completed', 'success'],
  hold: ['On hold', 'warning'],
  cancelled: ['Cancelled', 'danger'],
  refunded: ['Refunded', 'danger'],
};

const TITLES = {
  not_installed: 'Restock is not installed on this store',
  insufficient_scope: 'Restock lacks a permission',
  platform_unavailable: 'The platform does not answer',
  app_unreachable: 'Restock does not answer',
  standalone: 'Open Restock in the dashboard',
};

function orderRow(order, currency) {
  const [word, hue] = STATUSES[order.order_status] ?? [order.order_status];
  return el('tr', { data: { testid: 'app-order', orderId: order.order_id } },
    el('td', {},
      el('span', { text: order.order_number, className: 'strong' }),
      el('span', { text: order.customer_name, className: 'narrow meta' })),
    el('td', { text: order.customer_name, className: 'wide' }),
    el('td', {}, badge(word, hue)),
    el('td', { text: money(order.grand_total, currency), className: 'number' }));
}

function eventItem(event) {
  return el('li', { data: { testid: 'app-event', topic: event.topic, eventId: event.event_id } },
    el('div', { className: 'event-line' }, el('code', { text: event.topic, className: 'topic' }), badge('Verified', 'success verified')),
    el('div', { text: event.subject || 'About the store' }),
    el('div', { className: 'meta event-line' }, time(event.received_at), el('code', { text: event.event_id, className: 'clip' })));
}

/** Shows the store and its orders. */
export function showOverview({ store, orders }) {
  $('store-name').textContent = store.name;
  $('orders-count').textContent = orders.length ? `newest ${orders.length}` : '';
  $('orders-empty').hidden = orders.length > 0;
  $('orders-table').hidden = orders.length === 0;
  $('orders').replaceChildren(...orders.map((order) => orderRow(order, store.currency)));
  $('content').hidden = false;
  $('content').setAttribute('aria-busy', 'false');
  $('content').dataset.testid = 'app-ready';
}

/** Shows the webhooks that were received. */
export function showEvents({ events }) {
  $('events-empty').hidden = events.length > 0;
  $('events').replaceChildren(...events.map(eventItem));
}

/** Takes the store's data off the page. */
export function clear() {
  $('store-name').textContent = 'Not connected';
  $('orders').replaceChildren();
  $('events').replaceChildren();
  $('content').hidden = true;
  delete $('content').dataset.testid;
}

/**
 * Says what is wrong.
 *
 * @param {{code?: string, message: string}} error
 * @param {boolean} [retry] whether trying again may help
 */
export function showProblem({ code, message }, retry = true) {
  $('problem-title').textContent = TITLES[code] ?? 'This did not work';
  $('problem-text').textContent = message;
  $('retry').hidden = !retry;
  $('problem').hidden = false;
  $('problem').dataset.testid = 'app-error';
}

/** Takes the problem off the page. */
export function hideProblem() {
  $('problem').hidden = true;
  delete $('problem').dataset.testid;
}

/** Runs an action when the retry button is pressed. */
export const onRetry = (action) => onPress($('retry'), action);
