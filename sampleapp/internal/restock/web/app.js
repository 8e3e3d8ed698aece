// The page inside the dashboard: it shows what the app's own backend knows and
// follows what happens in the store.

import { Backend } from './backend.js';
import { connect } from './bridge.js';
import { clear, onRetry, showEvents, showOverview, showProblem } from './view.js';

const POLL_EVERY = 2000; // ms
const POLL_AT_WORST = 30 * 1000; // ms, while something is wrong

const OVERVIEW = '/api/overview';
const EVENTS = '/api/events';

/** The page at work, with a backend that knows who is looking. */
class Page {
  #backend;
  #wrong = false;
  #loaded = false; // there are orders on the page
  #following = false; // events have been shown before

  constructor(backend) {
    this.#backend = backend;
    onRetry(() => this.load());
  }

  async load() {
    try {
      const overview = await this.#backend.read(OVERVIEW);
      if (overview) showOverview(overview);
      this.#loaded = true;
      this.#wrong = false;
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
      const events = await this.#backend.read(EVENTS);
      if (events) showEvents(events);
      // A new event may have changed an order; an answer may end a problem.
      if (this.#wrong || events && this.#following) await this.load();
      this.#following = true;
      return true;
    } catch (error) {
      this.#fail(error);
      return false;
    }
  }

  #fail(error) {
    this.#wrong = true;
    this.#backend.forget(OVERVIEW); // so that the next answer is shown, which ends the problem
    if (error.code === 'not_installed' || !this.#loaded) {
      this.#backend.forget(EVENTS);
      this.#loaded = false;
      clear();
    }
    showProblem(error);
  }
}

const bridge = connect();
if (bridge) {
  const page = new Page(new Backend(bridge));
  await page.load();
  page.follow();
} else {
  clear();
  showProblem({ code: 'standalone', message: 'This page works inside the SeloraX dashboard, where a store’s apps are listed in the menu.' }, false);
}
