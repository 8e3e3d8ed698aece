// The app's side of the app bridge: it asks the dashboard, which frames this
// page, for session tokens, and sends merchants to what they pay. A token lives
// ten minutes and stays in memory.

const RENEW_EVERY = 9 * 60 * 1000; // ms
const ANSWER_WITHIN = 10 * 1000; // ms

/**
 * The dashboard's origin, from the signed "host" parameter of this page.
 *
 * @returns {string} "" when the page was not opened by the dashboard
 */
function dashboardOrigin() {
  const host = new URLSearchParams(location.search).get('host') ?? '';
  try {
    return new URL(atob(host.replaceAll('-', '+').replaceAll('_', '/'))).origin;
  } catch {
    return '';
  }
}

/** The window around this one. */
class Bridge {
  #origin;
  #token = ''; // the latest
  #pending; // promise of the next, while the dashboard has not answered yet
  #receive = () => {};

  constructor(origin) {
    this.#origin = origin;
    addEventListener('message', (event) => {
      // Only the window around this one, and only while it shows the dashboard.
      if (event.source !== parent || event.origin !== origin) return;
      if (event.data?.type !== 'selorax:session-token' || typeof event.data.token !== 'string') return;
      this.#receive(event.data.token);
    });
    this.#ask('app-bridge:ready');
    setInterval(() => this.renew(), RENEW_EVERY);
  }

  /** @returns {Promise<string>} the token to use now */
  async token() {
    return this.#token || this.renew();
  }

  /** @returns {Promise<string>} a fresh token; callers at the same time share it */
  renew() {
    return this.#pending ?? this.#ask('selorax:request-session-token');
  }

  /**
   * Takes the merchant to the page where a charge is paid.
   *
   * @param {string} url a path in the dashboard
   */
  pay(url) {
    parent.postMessage({ type: 'selorax:billing-redirect', url }, this.#origin);
  }

  #ask(type) {
    const answer = new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error('The dashboard did not answer. Try again, or reload the page.')), ANSWER_WITHIN);
      this.#receive = (token) => {
        clearTimeout(timer);
        resolve(token);
      };
      parent.postMessage({ type }, this.#origin);
    });
    this.#pending = answer.finally(() => { this.#pending = undefined; });
    this.#pending.then((token) => { this.#token = token; }, () => {}); // those who wait are told
    return this.#pending;
  }
}

/** @returns {Bridge | null} null when the page stands alone */
export function connect() {
  const origin = dashboardOrigin();
  return origin && parent !== window ? new Bridge(origin) : null;
}
