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
    const response = await this.#call(path, 'GET');
    if (response.status === 304) return null;
    const body = await this.#body(response);
    this.#tags.set(path, response.headers.get('ETag'));
    return body;
  }

  /**
   * Has something done.
   *
   * @param {string} method
   * @param {string} path
   * @param {object} [body] goes along as JSON
   */
  async act(method, path, body) {
    return this.#body(await this.#call(path, method, body));
  }

  async #call(path, method, body) {
    const response = await this.#send(path, method, body, await this.#bridge.token());
    return response.status === 401 ? this.#send(path, method, body, await this.#bridge.renew()) : response;
  }

  async #body(response) {
    const body = await response.json().catch(() => null);
    if (!response.ok || !body) throw new Refused(body, response.status);
    return body;
  }

  /** Has the next read of a path, or of any, answer whole. */
  forget(path) {
    if (path) this.#tags.delete(path);
    else this.#tags.clear();
  }

  async #send(path, method, body, token) {
    const headers = { 'X-Session-Token': token };
    if (body) headers['Content-Type'] = 'application/json';
    const tag = method === 'GET' && this.#tags.get(path);
    if (tag) headers['If-None-Match'] = tag;
    try {
      return await fetch(path, { method, headers, cache: 'no-store', body: body && JSON.stringify(body) });
    } catch {
      throw new Refused({ message: 'The app cannot be reached. Is it running?', code: 'app_unreachable' }, 0);
    }
  }
}
