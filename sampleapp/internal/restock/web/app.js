// The page inside the dashboard: it shows what the app's own backend knows.
// Everything from data goes into the page as text, never as markup.

const { connect } = await import(document.querySelector('script[data-bridge]').dataset.bridge);

const POLL_EVERY = 2000; // ms
const $ = (id) => document.getElementById(id);
const bridge = connect();

/** A refusal of our own backend. */
class Refused extends Error {
  constructor(body, status) {
    super(body?.message ?? 'The app did not answer as expected.');
    this.code = body?.code ?? '';
    this.status = status;
  }
}

/** Calls our backend with the session token, once more with a fresh one on 401. */
async function call(path) {
  let response = await send(path, await bridge.token());
  if (response.status === 401) response = await send(path, await bridge.renew());
  const body = await response.json().catch(() => null);
  if (!response.ok) throw new Refused(body, response.status);
  return body;
}

const send = (path, token) => fetch(path, { headers: { 'X-Session-Token': token }, cache: 'no-store' });

/** Makes an element with text, attributes and children. */
function el(tag, { text, className, data, ...attributes } = {}, ...children) {
  const node = document.createElement(tag);
  if (text !== undefined) node.textContent = text;
  if (className) node.className = className;
  Object.assign(node.dataset, data);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  node.append(...children);
  return node;
}

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
const badge = (text, hue = 'neutral') => el('span', { text, className: `badge ${hue}` });

function money(amount, currency) {
  const value = Number(amount).toLocaleString('en', { minimumFractionDigits: 2, maximumFractionDigits: 2 });
  return currency === 'BDT' ? `৳ ${value}` : `${value} ${currency}`;
}

function when(iso) {
  const date = new Date(iso);
  return el('time', { datetime: iso, text: date.toLocaleString('en', { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit', second: '2-digit' }) });
}

function showOrders(store, orders) {
  $('store-name').textContent = store.name;
  $('orders-count').textContent = orders.length ? `newest ${orders.length}` : '';
  $('orders-empty').hidden = orders.length > 0;
  $('orders').replaceChildren(...orders.map((order) => el('tr', { data: { testid: 'app-order', orderId: order.order_id } },
    el('td', {}, el('span', { text: `#${order.order_number}`, className: 'strong' })),
    el('td', { text: order.customer_name }),
    el('td', {}, badge(STATUSES[order.order_status]?.[0] ?? order.order_status, STATUSES[order.order_status]?.[1])),
    el('td', { className: 'number', text: money(order.grand_total, store.currency) }))));
  $('content').setAttribute('aria-busy', 'false');
  $('content').dataset.testid = 'app-ready';
}

let shown = '';
function showEvents(events) {
  const key = events.map((event) => event.event_id).join();
  if (key === shown) return;
  shown = key;
  $('events-empty').hidden = events.length > 0;
  $('events').replaceChildren(...events.map((event) => el('li', { data: { testid: 'app-event', topic: event.topic, eventId: event.event_id } },
    el('div', { className: 'event-line' }, el('code', { text: event.topic }), badge('Verified', 'success')),
    el('div', { text: event.subject || 'No order' }),
    el('div', { className: 'meta' }, when(event.received_at), ` · ${event.event_id}`))));
}

const TITLES = {
  not_installed: 'Restock is not connected to this store',
  platform_unavailable: 'The platform does not answer',
};

function showProblem(error) {
  $('problem-title').textContent = TITLES[error.code] ?? 'This did not work';
  $('problem-text').textContent = error.message;
  $('problem').hidden = false;
}

async function load() {
  $('retry').disabled = true;
  try {
    const { store, orders } = await call('/api/overview');
    showOrders(store, orders);
    $('problem').hidden = true;
  } catch (error) {
    showProblem(error);
  } finally {
    $('retry').disabled = false;
  }
}

async function follow() {
  for (let wait = POLL_EVERY; ; ) {
    if (!document.hidden) {
      try {
        showEvents((await call('/api/events')).events);
        wait = POLL_EVERY;
      } catch {
        wait = Math.min(wait * 2, 30000); // load() has said what is wrong
      }
    }
    await new Promise((resolve) => setTimeout(resolve, wait));
  }
}

if (bridge) {
  $('retry').addEventListener('click', load);
  load();
  follow();
} else {
  $('store-name').textContent = 'Not connected';
  showProblem(new Error('This page works inside the SeloraX dashboard. Open Restock from the menu there.'));
}
