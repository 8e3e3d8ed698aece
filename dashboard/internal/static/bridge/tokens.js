// Session tokens and frame addresses, asked of the dashboard's own server. They
// live in memory only.

/** Seconds of life a token has to have left to be handed to an app. */
const SPARE = 60;

/**
 * @typedef {object} EmbedParams
 * @property {string} iframe_url signed address
 * @property {string} session_token
 * @property {number} expires_in seconds
 * @property {string} app_name
 */

/** A refusal by the dashboard's server or, through it, by the platform. */
export class Refusal extends Error {
  /**
   * @param {number} status HTTP status, 0 if there was no answer
   * @param {string} code stable code of the error, '' if unknown
   * @param {string} message
   */
  constructor(status, code, message) {
    super(message);
    this.name = 'Refusal';
    this.status = status;
    this.code = code;
  }
}

/**
 * Fetches JSON from the dashboard's origin.
 *
 * @param {string} path
 * @param {RequestInit} options
 * @returns {Promise<any>}
 * @throws {Refusal} without a usable answer
 * @throws {DOMException} AbortError
 */
export async function fetchJSON(path, options) {
  let answer, body;
  try {
    answer = await fetch(path, { ...options, credentials: 'same-origin', redirect: 'error', cache: 'no-store' });
    body = await answer.json();
  } catch (error) {
    if (options.signal?.aborted) throw error;
    throw new Refusal(answer?.status ?? 0, '', 'No answer that can be read.');
  }
  if (!answer.ok) throw new Refusal(answer.status, String(body?.code ?? ''), String(body?.message ?? ''));
  return body;
}

/** The tokens of one app on one store, while its frame is open. */
export class Tokens {
  /** @type {{text: string, until: number} | null} */
  #unused = null;
  /** @type {Promise<string> | null} */
  #pending = null;
  #appID;
  #storeID;
  #signal;

  /**
   * @param {string} appID
   * @param {string} storeID
   * @param {AbortSignal} signal ends with the frame
   */
  constructor(appID, storeID, signal) {
    this.#appID = appID;
    this.#storeID = storeID;
    this.#signal = signal;
  }

  /**
   * Fetches what opens the frame. Of the page's query, payment and charge_id
   * go along, so that the platform signs them with the rest.
   *
   * @param {URLSearchParams} pageQuery
   * @returns {Promise<EmbedParams>}
   */
  async open(pageQuery) {
    const query = new URLSearchParams({ app_id: this.#appID, store_id: this.#storeID });
    for (const name of ['payment', 'charge_id']) {
      const value = pageQuery.get(name);
      if (value) query.set(name, value);
    }
    const { data } = await fetchJSON(`/api/apps/session/embed-params?${query}`, { signal: this.#signal });
    this.#unused = { text: data.session_token, until: Date.now() + (data.expires_in - SPARE) * 1000 };
    return data;
  }

  /**
   * Returns the token that came with the frame's address if it is unused and
   * has a minute left, otherwise a fresh one.
   *
   * @returns {Promise<string>}
   */
  async first() {
    const unused = this.#unused;
    this.#unused = null;
    return unused && Date.now() < unused.until ? unused.text : this.fresh();
  }

  /**
   * Fetches a new token. Calls made while one is under way share it, so that
   * an app cannot make the page flood the platform.
   *
   * @returns {Promise<string>}
   */
  fresh() {
    this.#unused = null;
    this.#pending ??= this.#fetch().finally(() => { this.#pending = null; });
    return this.#pending;
  }

  async #fetch() {
    const { data } = await fetchJSON('/api/apps/session/session-token', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ app_id: Number(this.#appID), store_id: Number(this.#storeID) }),
      signal: this.#signal,
    });
    return /** @type {string} */ (data.session_token);
  }
}
