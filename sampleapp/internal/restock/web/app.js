// The page inside the dashboard: it shows what the app's own backend knows and
// follows what happens in the store.

import { clearAlerts, onSettings, onWait, showAlerts, showSoldOut } from './alerts.js';
import { Backend } from './backend.js';
import { connect } from './bridge.js';
import { $, onPress } from './dom.js';
import { showPlan, showTopup } from './plan.js';
import { clearStock, showStock } from './restock.js';
import { clearShop, showPayment, showPurchase, showReport } from './shop.js';
import { clear, hideProblem, onRetry, showEvents, showOverview, showProblem } from './view.js';

const POLL_EVERY = 2000; // ms
const POLL_AT_WORST = 30 * 1000; // ms, while something is wrong

const OVERVIEW = '/api/overview';
const EVENTS = '/api/events';
const STOCK = '/api/stock';
const REPORT = '/api/report';
const SHOP = '/api/shop';
const ALERTS = '/api/alerts';

/** What is bought, and what became of the payment that the merchant comes back from. */
function shopPath() {
  const address = new URLSearchParams(location.search);
  const back = new URLSearchParams();
  for (const name of ['payment', 'charge_id']) if (address.has(name)) back.set(name, address.get(name));
  return back.size ? `${SHOP}?${back}` : SHOP;
}

/** The page at work, with a backend that knows who is looking. */
class Page {
  #backend;
  #bridge;
  #wrong = false; // some part of the page could not be read
  #loaded = false; // there are orders on the page
  #following = false; // events have been shown before
  #toldAt = 0; // what the page shows of messages is of then

  constructor(backend, bridge) {
    this.#backend = backend;
    this.#bridge = bridge;
    onRetry(() => this.open());
    for (const [button, product] of [['buy', 'report'], ['plan-buy', 'plan'], ['wallet-buy', 'wallet']]) {
      onPress($(button), () => this.#act(() => this.#buy(product)));
    }
    onPress($('held-buy'), () => this.#act(() => this.#buy($('held-buy').dataset.product)));
    onWait(async (wait) => {
      await this.#backend.act('POST', '/api/waiting', wait);
      await this.#alerts();
    });
    onSettings(async (settings) => {
      await this.#backend.act('PUT', '/api/settings', settings);
      await Promise.all([this.#stock(), this.#alerts()]);
    });
  }

  /** Shows everything. What one part lacks does not keep the others back. */
  async open() {
    const parts = await Promise.allSettled([this.#overview(), this.#stock(), this.#shop(), this.#alerts()]);
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
    if (!stock) return;
    showStock(stock, (skuID) => this.#act(() => this.#unmark(skuID)));
    showSoldOut(stock.low);
  }

  async #alerts() {
    const alerts = await this.#backend.read(ALERTS);
    if (!alerts) return;
    this.#toldAt = alerts.told_at;
    const then = async (method, path) => this.#act(async () => {
      await this.#backend.act(method, path);
      await this.#alerts();
    });
    showAlerts(alerts, {
      remove: (id) => then('DELETE', `/api/waiting/${id}`),
      end: (id) => then('DELETE', `/api/disclosures/${encodeURIComponent(id)}`),
    });
  }

  async #unmark(skuID) {
    await this.#backend.act('DELETE', `/api/marks/${skuID}`);
    await this.#stock();
  }

  async #shop() {
    const shop = await this.#backend.read(shopPath());
    if (!shop) return;
    const returned = [shop.report, shop.plan, shop.wallet].find((bought) => bought.payment);
    showPurchase(shop.report);
    showPlan(shop.plan);
    showTopup(shop.wallet);
    showPayment(returned);
    if (shop.report.status !== 'paid') return;
    const report = await this.#backend.read(REPORT);
    if (report) showReport(report);
  }

  async #buy(product) {
    const purchase = await this.#backend.act('POST', `${SHOP}/${product}`);
    this.#backend.forget(shopPath());
    if (purchase.confirmation_url) this.#bridge.pay(purchase.confirmation_url);
    else await this.#shop(); // it was paid already
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
      if (answer && answer.told_at !== this.#toldAt) await this.#alerts();
      this.#following = true;
      return !this.#wrong;
    } catch (error) {
      this.#wrong = true;
      this.#fail(error);
      return false;
    }
  }

  /** Follows new events: they may have changed an order, the stock, or paid a charge. */
  async #news(events) {
    await this.#overview();
    const about = (topic) => events.some((event) => event.topic.startsWith(topic));
    if (about('charge.')) await this.#shop();
    if (about('inventory.')) await this.#stock();
  }

  #fail(error) {
    if (error.code === 'not_installed' || !this.#loaded) {
      this.#backend.forget(); // so that the next answers are shown whole
      this.#loaded = false;
      clear();
      clearStock();
      clearShop();
      clearAlerts();
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
