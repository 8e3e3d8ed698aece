// One extension as it runs: its state, its actions, and what its app answers.
import { Refusal, fetchJSON } from '../bridge/tokens.js';
import { problemOf } from './errors.js';
import { asText, resolve } from './template.js';
import { isObject } from './tree.js';

/**
 * @typedef {import('./tree.js').Action} Action
 * @typedef {import('./tree.js').Node} Node
 * @typedef {import('./placed.js').Placed} Placed
 *
 * @typedef {object} Outside what a program does to the page
 * @property {() => void} changed the state has changed, or what is under way
 * @property {(ui: unknown) => void} replace
 * @property {(kind: Overlay, title: string, ui: unknown) => void} open
 * @property {(kind: Overlay) => void} close
 * @property {(message: unknown, type: unknown) => void} toast
 * @property {() => Record<string, unknown>} context the page's, as of now
 * @property {import('./page.js').PageAround} page
 *
 * @typedef {'modal' | 'drawer'} Overlay
 *
 * @typedef {object} Origin where actions come from
 * @property {string} surface card, modal or drawer
 * @property {string} at path of the node
 * @property {unknown} [value] of the field that changed
 */

/** State, actions and directives of one extension. */
export class Program {
  /** @type {Record<string, unknown>} */
  state;
  /** @type {Map<string, {origin: Origin, actions: Action[], problem: import('./errors.js').Problem}>} */
  failures = new Map();
  /** @type {import('./sandbox.js').Sandbox | null} what runs the script of an extension of mode sandbox */
  script = null;
  #busy = new Set();
  #placed;
  storeID;
  #outside;
  #signal;

  /**
   * @param {Placed} placed
   * @param {string} storeID
   * @param {Outside} outside
   * @param {AbortSignal} signal ends with the card
   */
  constructor(placed, storeID, outside, signal) {
    this.state = isObject(placed.state) ? { ...placed.state } : {};
    this.#placed = placed;
    this.storeID = storeID;
    this.#outside = outside;
    this.#signal = signal;
  }

  /** Has the page draw what has changed beside the state. */
  redraw() {
    if (!this.#signal.aborted) this.#outside.changed();
  }

  /** What templates see. */
  scope(value = undefined) {
    const settings = isObject(this.#placed.settings) ? this.#placed.settings : {};
    return { state: this.state, context: this.#outside.context(), settings, $value: value };
  }

  busy(surface, at) {
    return this.#busy.has(`${surface} ${at}`);
  }

  /**
   * Runs actions one after the other, up to the first that fails. What calls
   * the app, and a press that the script handles, is not begun again while it
   * is under way.
   *
   * @param {Action[]} actions
   * @param {Origin} origin
   */
  async run(actions, origin) {
    const key = `${origin.surface} ${origin.at}`;
    const calls = actions.some(({ type }) => type === 'call_backend' || (type === 'event' && origin.value === undefined));
    if (actions.length === 0 || (calls && this.#busy.has(key))) return;
    this.failures.delete(key);
    if (calls) this.#begin(key);
    try {
      for (const action of actions) {
        const pending = this.#perform(action, this.scope(origin.value));
        if (pending) await pending;
      }
    } catch (error) {
      if (this.#signal.aborted) return;
      this.failures.set(key, { origin, actions, problem: this.#explain(error) });
    } finally {
      this.#busy.delete(key);
      this.redraw();
    }
  }

  #begin(key) {
    this.#busy.add(key);
    this.#outside.changed();
  }

  /** Tries what failed again. */
  retry(key) {
    const failed = this.failures.get(key);
    return failed && this.run(failed.actions, failed.origin);
  }

  #explain(error) {
    if (!(error instanceof Refusal)) console.error('extension', this.#placed.extension_id, error);
    const refusal = error instanceof Refusal ? error : new Refusal(0, 'refused', error instanceof Error ? error.message : String(error));
    return problemOf(refusal, this.#placed.app.name, this.storeID);
  }

  #perform(action, scope) {
    const outside = this.#outside;
    const of = (value) => resolve(value, scope);
    switch (action.type) {
      case 'call_backend': return this.#call(action, scope);
      case 'event': return this.script?.emit(asText(action.handler), scope.$value);
      case 'set_state': return this.merge({ [asText(of(action.key))]: of(action.value) });
      case 'navigate': return this.#navigate(of(action.url));
      case 'open_link': return this.#openLink(of(action.url));
      case 'open_modal': return outside.open('modal', asText(of(action.title)), action.ui);
      case 'open_drawer': return outside.open('drawer', asText(of(action.title)), action.ui);
      case 'close_modal': return outside.close('modal');
      case 'close_drawer': return outside.close('drawer');
      case 'show_toast': return outside.toast(of(action.message), action.variant);
      case 'copy': return this.#copy(asText(of(action.value)));
    }
    throw new Refusal(0, 'refused', `There is no action “${action.type}”.`);
  }

  /** @param {Record<string, unknown>} values of the state */
  merge(values) {
    this.state = { ...this.state, ...values };
    this.#outside.changed();
  }

  #navigate(url) {
    const path = this.#outside.page.inside(url);
    if (!path) throw new Refusal(0, 'refused', `“${asText(url).slice(0, 200)}” is not a page of this store. Paths look like /orders or /${this.storeID}/orders.`);
    this.#outside.page.go(path);
  }

  #openLink(url) {
    const { page } = this.#outside;
    const { href, target } = page.link(url) ?? {};
    if (!href || !target) throw new Refusal(0, 'refused', `“${asText(url).slice(0, 200)}” is no address that begins with https:// or http://.`);
    page.open(href);
  }

  async #copy(words) {
    try {
      await this.#outside.page.copy(words);
    } catch {
      throw new Refusal(0, 'refused', 'The browser did not allow copying.');
    }
    this.#outside.toast('Copied', 'success');
  }

  async #call({ url, method, body }, scope) {
    this.#follow(await this.callApp({ url: asText(resolve(url ?? '', scope)), method, body: body === undefined ? undefined : resolve(body, scope) }));
  }

  /**
   * Calls the app's backend through the platform.
   *
   * @param {{url?: string, method?: string, body?: unknown}} call
   * @returns {Promise<unknown>} the object that it answers
   * @throws {Refusal}
   */
  callApp({ url = '', method = 'POST', body }) {
    return this.ask('action', { url, method, body });
  }

  /**
   * Has the platform do something for the extension.
   *
   * @param {'action' | 'api'} what
   * @param {object} call
   * @returns {Promise<any>}
   * @throws {Refusal}
   */
  async ask(what, call) {
    const answer = await fetchJSON(`/api/apps/extensions/${what}`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ store_id: Number(this.storeID), installation_id: this.#placed.installation_id, extension_id: this.#placed.extension_id, ...call }),
      signal: this.#signal,
    });
    return answer.data;
  }

  /** Shows a short message. */
  toast(message, type) {
    this.#outside.toast(message, type);
  }

  /** Does what the app's backend answered; what is not known is left alone. */
  #follow(directives) {
    if (!isObject(directives)) throw new Refusal(502, 'app_bad_answer', 'The answer is not a JSON object.');
    const { update_state: state, update_ui: ui, show_toast: note, open_modal: modal, close_modal: close, refetch, navigate } = directives;
    if (isObject(state)) this.merge(state);
    if (ui) this.#outside.replace(ui);
    if (close) this.#outside.close('modal');
    if (isObject(modal)) this.#outside.open('modal', asText(modal.title), modal.ui);
    if (isObject(note)) this.toast(note.message, note.type ?? note.variant);
    if (Array.isArray(refetch) && refetch.length > 0) this.#outside.page.refresh();
    if (navigate) this.#navigate(navigate);
  }
}
