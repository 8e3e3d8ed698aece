// Calls to the app's own backend, which knows the merchant by a session token.

/** A refusal of the backend. */
export class Refused extends Error {
  /**
   * @param {{message?: string, code?: string} | null} body
   * @param {number} status
   */
  constructor(body, status) {
    super(body?.message ?? 'The app did not answer as expected. Try again in a moment.');
    this.code = body?.code ?? '';
    this.status = status;
  }
}

/** The backend, with what it said last by path. */
export class Backend {
  #bridge;
  #tags = new Map();

  constructor(bridge) {
    this.#bridge = bridge;
  }

  /**
   * Reads a path. A 401 is tried once more with a fresh token.
   *
   * @param {string} path
   * @returns {Promise<any>} null when nothing has changed since the last time
   */
  async read(path) {
    let response = await this.#send(path, await this.#bridge.token());
    if (response.status === 401) response = await this.#send(path, await this.#bridge.renew());
    if (response.status === 304) return null;
    const body = await response.json().catch(() => null);
    if (!response.ok || !body) throw new Refused(body, response.status);
    this.#tags.set(path, response.headers.get('ETag'));
    return body;
  }

  /** Has the next read of a path answer whole. */
  forget(path) {
    this.#tags.delete(path);
  }

  async #send(path, token) {
    const headers = { 'X-Session-Token': token };
    const tag = this.#tags.get(path);
    if (tag) headers['If-None-Match'] = tag;
    try {
      return await fetch(path, { headers, cache: 'no-store' });
    } catch {
      throw new Refused({ message: 'The app cannot be reached. Is it running?', code: 'app_unreachable' }, 0);
    }
  }
}
