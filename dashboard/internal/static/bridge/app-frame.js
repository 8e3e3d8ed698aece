// <app-frame>: an app inside the dashboard, from its address to its last
// message. PROTOCOL.md says what passes between the two.

import { Around } from './around.js';
import { BILLING_REDIRECT, READY, REQUEST_TOKEN, SESSION_TOKEN, billingTarget, deepLink, mayOpen, sender, typeOf } from './host.js';
import { draw, element, stateOf } from './states.js';
import { Refusal, Tokens, fetchJSON } from './tokens.js';

/** @typedef {import('./states.js').State} State */

/** How long an app may take to say it is ready, in ms. */
const READY_WITHIN = 8000;

/** How long a loaded app may be silent before it is looked at, in ms. */
const LOOK_AFTER = 1000;

/** How many messages of an app count in a second. More are passed over, so that none can keep the dashboard busy. */
const MOST_IN_A_SECOND = 50;

/** What a framed app may do. It keeps its own origin, so the dashboard's must be another. */
const SANDBOX = 'allow-scripts allow-forms allow-popups allow-same-origin allow-downloads';

/**
 * Attributes: data-app-id, data-store-id, data-app-origin, data-app-name,
 * data-path (optional), data-ready-within (ms, optional).
 */
export class AppFrame extends HTMLElement {
  #box = element('div', { class: 'frame-state', 'data-testid': 'frame-state', role: 'status', tabindex: '-1' });
  /** @type {HTMLIFrameElement | null} */
  #frame = null;
  /** @type {AbortController | null} */
  #life = null;
  /** @type {Tokens | null} */
  #tokens = null;
  /** @type {Around | null} */
  #around = null;
  #heard = { since: 0, count: 0 };
  #timers = new Set();
  #alive = false; // the app has sent a message that counts
  #answers = false; // the probe found the app answering

  connectedCallback() {
    this.replaceChildren(this.#box);
    this.#start();
  }

  disconnectedCallback() {
    this.#stop();
  }

  #start() {
    this.#stop();
    this.#alive = this.#answers = false;
    this.#life = new AbortController();
    const { signal } = this.#life;
    const { appId = '', storeId = '' } = this.dataset;
    this.#tokens = new Tokens(appId, storeId, signal);
    this.#around = new Around(this, storeId, (message) => this.#post(message), signal);
    addEventListener('message', (event) => this.#hear(event), { signal });
    this.#show('connecting');
    this.#open(signal);
  }

  #stop() {
    this.#life?.abort();
    this.#settle();
    this.#close();
  }

  #close() {
    this.#frame?.remove();
    this.#frame = null;
  }

  #settle() {
    this.#timers.forEach(clearTimeout);
    this.#timers.clear();
  }

  #after(ms, action) {
    this.#timers.add(setTimeout(action, ms));
  }

  get #appOrigin() {
    return this.dataset.appOrigin ?? '';
  }

  /** @param {AbortSignal} signal */
  async #open(signal) {
    try {
      const params = await this.#tokens.open(new URLSearchParams(location.search));
      if (signal.aborted) return;
      if (!mayOpen(params.iframe_url, this.#appOrigin, location.origin)) {
        this.#show('wrong-origin', { detail: 'The app’s address is not of that origin, so it was not opened.' });
        return;
      }
      this.#mount(params, signal);
    } catch (error) {
      this.#refused(error, signal);
    }
  }

  #mount(params, signal) {
    const within = Number(this.dataset.readyWithin) || READY_WITHIN;
    this.#frame = /** @type {HTMLIFrameElement} */ (element('iframe', {
      'data-testid': 'app-frame', class: 'frame-window', sandbox: SANDBOX, allow: '', referrerpolicy: 'strict-origin',
      title: this.dataset.appName || params.app_name, src: deepLink(params.iframe_url, this.dataset.path ?? ''),
    }));
    this.#cover(true);
    // Browsers fire load for pages they could not show, too. An app that is
    // still silent a moment later is looked at, so that the cause of an empty
    // frame shows early and an app that works without a token does as well.
    this.#frame.addEventListener('load', () => this.#after(Math.min(LOOK_AFTER, within / 8), () => this.#probe(signal)), { once: true, signal });
    this.#after(within, () => {
      if (this.#answers) this.#show('timeout', { over: true });
      else this.#probe(signal, true);
    });
    this.append(this.#frame);
  }

  /** @param {MessageEvent} event */
  #hear(event) {
    const from = sender(event, this.#frame?.contentWindow, this.#appOrigin);
    if (from === 'other-window') return;
    if (this.#tooMany(event.timeStamp)) return;
    const type = typeOf(event.data);
    if (from === 'other-origin') {
      this.#tell('from_app', event, `It came from ${event.origin}, and the app’s origin is ${this.#appOrigin}.`);
      this.#misplaced(type, event.origin);
      return;
    }
    this.#tell('from_app', event, this.#heed(type, event.data));
  }

  /** Does what a message of the app asks for, or returns why not. */
  #heed(type, data) {
    switch (type) {
      case READY:
        this.#around.reset(); // a page of the app that was left has no say any more
        return void this.#answer(this.#tokens.first());
      case REQUEST_TOKEN: return void this.#answer(this.#tokens.fresh());
      case BILLING_REDIRECT: return this.#redirect(data.url);
    }
    if (this.#alive && this.#around.hear(type, data)) return;
    console.debug('app-frame: message of an unknown type', type.slice(0, 80));
    return this.#alive ? 'The dashboard knows no message of this type.' : 'The app has to be ready first, and say so.';
  }

  /** @param {object} message to the app; the browser drops it if the frame has left the app's origin */
  #post(message) {
    this.#frame?.contentWindow?.postMessage(message, this.#appOrigin);
    this.#tell('to_app', { data: message, origin: location.origin });
  }

  /** Lets whoever looks on know of a message: report.js, for developers. */
  #tell(direction, { data, origin }, refused = '') {
    this.dispatchEvent(new CustomEvent('bridge-message', {
      detail: { direction, type: typeOf(data), origin, verdict: refused ? 'refused' : 'accepted', note: refused, data },
    }));
  }

  /** @param {number} now ms */
  #tooMany(now) {
    if (now - this.#heard.since > 1000) this.#heard = { since: now, count: 0 };
    if (++this.#heard.count === MOST_IN_A_SECOND + 1) console.warn(`app-frame: more than ${MOST_IN_A_SECOND} messages in a second; the rest is passed over`);
    return this.#heard.count > MOST_IN_A_SECOND;
  }

  /** Says so if the frame is at an origin that is not the app's. It is never answered. */
  #misplaced(type, origin) {
    if (this.#alive || (type !== READY && type !== REQUEST_TOKEN)) return;
    this.#settle();
    this.#show('wrong-origin', { detail: `The frame is at ${origin}.` });
  }

  /** @param {Promise<string>} pending */
  async #answer(pending) {
    const signal = this.#life.signal;
    this.#alive = true;
    this.#settle();
    try {
      const token = await pending;
      if (signal.aborted) return;
      this.#post({ type: SESSION_TOKEN, token });
      this.#show('ready');
    } catch (error) {
      this.#refused(error, signal);
    }
  }

  #redirect(url) {
    const target = billingTarget(url, this.dataset.storeId ?? '', location.origin);
    if (target) return void location.assign(target);
    console.warn('app-frame: billing-redirect refused; url has to be a path of this store, such as confirmation_url');
    return 'The url has to be a path of this store, such as confirmation_url.';
  }

  /**
   * Asks the dashboard why the app is silent.
   *
   * @param {AbortSignal} signal
   * @param {boolean} [last] true if the time is up
   */
  async #probe(signal, last = false) {
    if (this.#alive) return;
    const query = new URLSearchParams({ store_id: this.dataset.storeId ?? '', app_id: this.dataset.appId ?? '' });
    try {
      const { state, detail } = await fetchJSON(`/frame/probe?${query}`, { signal });
      if (this.#alive || signal.aborted) return;
      const found = stateOf(state);
      this.#answers = found === 'timeout';
      if (!this.#answers) this.#settle();
      if (!this.#answers || last) this.#show(found, { detail, over: this.#answers });
      else this.#cover(false);
    } catch (error) {
      if (!this.#alive) this.#refused(error, signal);
    }
  }

  /**
   * @param {unknown} error
   * @param {AbortSignal} signal
   */
  #refused(error, signal) {
    if (signal.aborted) return;
    const { status, code, message } = error instanceof Refusal ? error : new Refusal(0, '', '');
    if (status === 404 || status === 403 || code === 'not_installed') return this.#end('not-installed');
    if (status === 401) return this.#end('signed-out');
    this.#settle();
    this.#show('platform-down', { detail: message, over: this.#alive });
  }

  /** @param {State} state */
  #end(state) {
    this.#settle();
    this.#close();
    this.#show(state);
  }

  /**
   * @param {State} state
   * @param {{detail?: string, over?: boolean}} [options] over: a notice above the frame instead of a card in its place
   */
  #show(state, { detail = '', over = false } = {}) {
    const { appName = 'The app', storeId: storeID = '' } = this.dataset;
    draw(this.#box, state, { app: appName, appOrigin: this.#appOrigin, storeID, detail }, {
      retry: () => {
        this.#start();
        this.#box.focus();
      },
      hide: over ? () => this.#box.replaceChildren() : undefined,
    });
    this.#box.classList.toggle('frame-notice', over);
    this.#cover(state !== 'ready' && !over);
  }

  /** Hides the frame behind the card, or the card's skeleton from the frame. */
  #cover(covered) {
    this.toggleAttribute('covered', covered);
    this.#frame?.toggleAttribute('inert', covered);
  }
}

customElements.define('app-frame', AppFrame);
