// The page inside the dashboard: it shows what the app's own backend knows and
// follows what happens in the store.

import { Backend } from './backend.js';
import { connect } from './bridge.js';
import { $, onPress } from './dom.js';
import { clearStock, showStock } from './restock.js';
import { clearShop, showPurchase, showReport } from './shop.js';
import { clear, hideProblem, onRetry, showEvents, showOverview, showProblem } from './view.js';

const POLL_EVERY = 2000; // ms
const POLL_AT_WORST = 30 * 1000; // ms, while something is wrong

const OVERVIEW = '/api/overview';
const EVENTS = '/api/events';
const STOCK = '/api/stock';
const REPORT = '/api/report';
const PURCHASE = '/api/purchase';

/** The purchase, and what became of the payment that the merchant comes back from. */
function purchasePath() {
  const address = new URLSearchParams(location.search);
  const back = new URLSearchParams();
  for (const name of ['payment', 'charge_id']) if (address.has(name)) back.set(name, address.get(name));
  return back.size ? `${PURCHASE}?${back}` : PURCHASE;
}

/** The page at work, with a backend that knows who is looking. */
class Page {
  #backend;
  #bridge;
  #wrong = false; // some part of the page could not be read
  #loaded = false; // there are orders on the page
  #following = false; // events have been shown before

  constructor(backend, bridge) {
    this.#backend = backend;
    this.#bridge = bridge;
    onRetry(() => this.open());
    onPress($('buy'), () => this.#act(() => this.#buy()));
  }

  /** Shows everything. What one part lacks does not keep the others back. */
  async open() {
    const parts = await Promise.allSettled([this.#overview(), this.#stock(), this.#purchase()]);
    const failed = parts.find((part) => part.status === 'rejected');
    this.#wrong = Boolean(failed);
    if (failed) this.#fail(failed.reason);
    else hideProblem();
  }

  async #overview() {
    const overview = await this.#backend.read(OVERVIEW);
    if (overview) showOverview(overview);
    this.#loaded = true;
  }

  async #stock() {
    const stock = await this.#backend.read(STOCK);
    if (stock) showStock(stock, (skuID) => this.#act(() => this.#unmark(skuID)));
  }

  async #unmark(skuID) {
    await this.#backend.act('DELETE', `/api/marks/${skuID}`);
    await this.#stock();
  }

  async #purchase() {
    const purchase = await this.#backend.read(purchasePath());
    if (purchase) showPurchase(purchase);
    if (purchase?.status !== 'paid') return;
    const report = await this.#backend.read(REPORT);
    if (report) showReport(report);
  }

  async #buy() {
    const purchase = await this.#backend.act('POST', PURCHASE);
    this.#backend.forget(purchasePath());
    showPurchase(purchase);
    if (purchase.confirmation_url) this.#bridge.pay(purchase.confirmation_url);
    else await this.#purchase(); // it was paid already
  }

  async #act(action) {
    try {
      await action();
    } catch (error) {
      this.#fail(error);
    }
  }

  /** Looks for new webhooks for as long as the page is open. */
  async follow() {
    for (let wait = POLL_EVERY; ;) {
      if (!document.hidden) wait = await this.#poll() ? POLL_EVERY : Math.min(wait * 2, POLL_AT_WORST);
      await new Promise((resolve) => { setTimeout(resolve, wait); });
    }
  }

  async #poll() {
    try {
      const answer = await this.#backend.read(EVENTS);
      if (answer) showEvents(answer);
      if (this.#wrong) await this.open(); // an answer may end a problem
      else if (answer && this.#following) await this.#news(answer.events);
      this.#following = true;
      return !this.#wrong;
    } catch (error) {
      this.#wrong = true;
      this.#fail(error);
      return false;
    }
  }

  /** Follows new events: they may have changed an order, or paid a charge. */
  async #news(events) {
    await this.#overview();
    if (events.some((event) => event.topic.startsWith('charge.'))) await this.#purchase();
  }

  #fail(error) {
    if (error.code === 'not_installed' || !this.#loaded) {
      this.#backend.forget(); // so that the next answers are shown whole
      this.#loaded = false;
      clear();
      clearStock();
      clearShop();
    }
    showProblem(error);
  }
}

const bridge = connect();
if (bridge) {
  const page = new Page(new Backend(bridge), bridge);
  page.open();
  page.follow();
} else {
  clear();
  showProblem({ code: 'standalone', message: 'This page works inside the SeloraX dashboard, where a store’s apps are listed in the menu.' }, false);
}
