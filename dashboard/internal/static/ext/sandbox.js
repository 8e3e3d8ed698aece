// One extension of mode sandbox: the frame that runs its script, and what the
// script and the page tell each other. EXTENSIONS.md lists the messages.
import { typeOf } from '../bridge/host.js';
import { Refusal } from '../bridge/tokens.js';
import { followTheme, shownTheme } from './context.js';
import { failureNote } from './errors.js';
import { pickResource } from './picker.js';
import { isObject } from './tree.js';
import { h } from './vdom.js';

/**
 * @typedef {import('./errors.js').Problem & {closed?: boolean}} Problem closed: with its frame
 * @typedef {import('./placed.js').Placed} Placed
 * @typedef {import('./program.js').Program} Program
 */

/** How long a script may take to say it is ready, in ms. */
const READY_WITHIN = 8000;

/** How long a handler of a script may take, in ms. */
const HANDLED_WITHIN = 30_000;

/** How many messages of a script count in a second. */
const MOST_IN_A_SECOND = 50;

/** Characters of a message as JSON. */
const LARGEST = 256 * 1024;

/** Characters of a tree as JSON. */
const LARGEST_TREE = 64 * 1024;

/** Calls of a script that may be under way at once. */
const MOST_CALLS = 20;

/** Height of what a script draws itself, in px. */
const TALLEST = 2000;

export class Sandbox {
  #placed;
  #program;
  #outside;
  #life = new AbortController();
  #frames = 0; // one after the other; the number makes each a new element
  /** @type {MessagePort | null} */
  #port = null;
  #ready = false; // said so, and has not been answered
  #loaded = false;
  #shows = false;
  #height = 0;
  /** @type {Problem | null} */
  #problem = null;
  /** @type {Map<number, {resolve: () => void, reject: (error: Error) => void}>} */
  #events = new Map();
  #last = 0; // number of an event
  /** @type {{ui: unknown} | null} a tree of before an event that is on its way */
  #early = null;
  #calls = 0;
  #heard = { since: 0, count: 0 };
  #told = ''; // the context, as JSON
  #timer = 0;

  /**
   * @param {Placed} placed
   * @param {Program} program
   * @param {object} outside
   * @param {string} outside.surface card or modal
   * @param {() => Element | null} outside.frame the frame that describe() has described, if it is in the page
   * @param {(ui: unknown) => void} outside.take a tree to draw
   * @param {() => void} outside.hide
   * @param {AbortSignal} signal ends with what the extension is in
   */
  constructor(placed, program, outside, signal) {
    this.#placed = placed;
    this.#program = program;
    this.#outside = outside;
    addEventListener('message', (event) => this.#hearWindow(event), { signal: this.#life.signal });
    followTheme(this.#life.signal, () => this.contextChanged());
    signal.addEventListener('abort', () => this.stop());
    this.#start();
  }

  /** Ends it: nothing is heard any more, and nothing said. */
  stop() {
    this.#life.abort();
    this.#hangUp();
    clearTimeout(this.#timer);
  }

  #start() {
    this.#frames++;
    this.#hangUp();
    this.#ready = this.#loaded = this.#shows = false;
    this.#problem = null;
    this.#height = 0;
    this.#await();
  }

  /** Gives a page of the script some time to say it is ready. */
  #await() {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#fail('script_silent', 'has not said it is ready',
      `Its script at ${this.#placed.sandbox_url} must call selorax.ready().`), READY_WITHIN);
  }

  #hangUp() {
    this.#port?.close();
    this.#port = null;
    for (const { resolve } of this.#events.values()) resolve(); // nobody is left to say more
    this.#events.clear();
  }

  /** @returns {import('./vdom.js').VNode[]} */
  describe() {
    const { frame_url: src, title, app } = this.#placed;
    return [
      this.#life.signal.aborted || this.#problem?.closed ? '' : h('iframe', {
        key: `frame-${this.#frames}`, class: 'ext-frame', 'data-testid': 'ext-frame', src, title: `${title}, from ${app.name}`, sandbox: 'allow-scripts', allow: '', referrerpolicy: 'no-referrer',
        'data-unseen': this.#height === 0, style: { height: `${this.#height}px` }, on: { load: () => this.#load() },
      }),
      this.#problem && h('div', { key: 'problem' }, failureNote(this.#problem, () => this.#reload())),
      !this.#shows && !this.#problem && h('p', { key: 'starting', class: 'meta ext-starting' }, 'Starting…'),
    ].filter(Boolean);
  }

  #reload() {
    this.#start();
    this.#program.redraw();
  }

  /** A page has loaded into the frame: the port of the one before has no say any more. */
  #load() {
    if (this.#port) {
      this.#hangUp();
      this.#await();
    }
    this.#loaded = true;
    this.#greet();
  }

  /** Hands a port to the page in the frame, once: what it is told goes there and nowhere else. */
  #greet() {
    const frame = /** @type {HTMLIFrameElement | null} */ (this.#outside.frame());
    if (!this.#ready || !this.#loaded || this.#port || !frame?.contentWindow) return;
    this.#ready = false;
    clearTimeout(this.#timer);
    this.#problem = null;
    const { port1, port2 } = new MessageChannel();
    this.#port = port1;
    port1.onmessage = (event) => this.#hear(event);
    // A page without an origin can only be named by its window.
    frame.contentWindow.postMessage({ type: 'selorax:init', data: {} }, '*', [port2]);
    const { extension_id: id, title: name, version, target, app, settings } = this.#placed;
    this.#told = JSON.stringify(this.#page());
    this.#post('selorax:init', { ...JSON.parse(this.#told), settings: isObject(settings) ? settings : {}, extension: { id, name, version, target, app: app.name } });
    this.#program.redraw();
  }

  #page() {
    const { context } = this.#program.scope();
    return { context, environment: { surface: 'dashboard', theme: shownTheme(), locale: document.documentElement.lang || 'en' } };
  }

  /** Tells the script what the page is about now. */
  contextChanged() {
    if (!this.#port) return;
    const page = JSON.stringify(this.#page());
    if (page === this.#told) return;
    this.#told = page;
    this.#post('selorax:context_update', JSON.parse(page));
  }

  #post(type, data) {
    this.#port?.postMessage({ type, data });
  }

  /** Before it has a port, a page of the frame can say two things. */
  #hearWindow({ source, data }) {
    const frame = /** @type {HTMLIFrameElement | null} */ (this.#outside.frame());
    if (!frame?.contentWindow || source !== frame.contentWindow) return;
    const type = typeOf(data);
    if (type === 'selorax:ready') {
      this.#ready = true;
      this.#greet();
    } else if (type === 'selorax:error' && !this.#port) {
      this.#stopped(data.data);
    }
  }

  #hear({ data: message, timeStamp }) {
    if (this.#tooMany(timeStamp)) return;
    const size = JSON.stringify(message)?.length ?? 0;
    if (size > LARGEST) {
      this.#fail('script_flood', 'sent a message that is too large', `It has ${size} characters, and may have ${LARGEST}. Its frame was closed.`, true);
      return;
    }
    const type = typeOf(message);
    if (!this.#follow(type, isObject(message.data) ? message.data : {})) console.debug('extension: message of an unknown type', type.slice(0, 80));
  }

  /** @param {number} now ms */
  #tooMany(now) {
    if (now - this.#heard.since > 1000) this.#heard = { since: now, count: 0 };
    if (++this.#heard.count === MOST_IN_A_SECOND + 1) console.warn(`extension ${this.#placed.extension_id}: more than ${MOST_IN_A_SECOND} messages in a second; the rest is passed over`);
    return this.#heard.count > MOST_IN_A_SECOND;
  }

  /** @returns {boolean} false for a message that there is not */
  #follow(type, data) {
    const program = this.#program;
    switch (type) {
      case 'selorax:render': this.#render(data); return true;
      case 'selorax:resize': this.#resize(data.height); return true;
      case 'selorax:set_state': if (isObject(data.state)) program.merge(data.state); return true;
      case 'selorax:toast': program.toast(data.message, data.type); return true;
      case 'selorax:navigate':
      case 'selorax:open_link': void program.run([{ type: type.slice('selorax:'.length), url: data.url }], { surface: this.#outside.surface, at: 'script' }); return true;
      case 'selorax:close': this.#outside.hide(); return true;
      case 'selorax:call_backend': void this.#answer(data.id, () => program.callApp(data)); return true;
      case 'selorax:api': void this.#answer(data.id, () => this.#callAPI(data)); return true;
      case 'selorax:pick_resource': void this.#answer(data.id, () => pickResource(program.storeID, data.type, data.multiple === true, this.#life.signal)); return true;
      case 'selorax:done': this.#done(data); return true;
      case 'selorax:error': this.#stopped(data); return true;
    }
    return false;
  }

  /** Takes a tree, once the script has seen what people did last: an older one would undo what they type. */
  #render({ ui, seen }) {
    this.#early = typeof seen === 'number' && seen < this.#last && this.#events.has(this.#last) ? { ui } : null;
    if (this.#early) return;
    this.#shows = true;
    const size = JSON.stringify(ui)?.length ?? 0;
    if (size > LARGEST_TREE) this.#fail('bad_tree', 'sent a tree that is too large', `It has ${size} characters as JSON, and may have ${LARGEST_TREE}.`);
    else this.#outside.take(ui);
    this.#program.redraw();
  }

  #resize(height) {
    if (typeof height !== 'number' || !Number.isFinite(height)) return;
    this.#shows = true;
    this.#height = Math.min(TALLEST, Math.max(0, Math.ceil(height)));
    this.#program.redraw();
  }

  /** Calls the API with the scopes of the installation. */
  async #callAPI({ path, method = 'GET', body }) {
    const { status, body: answer } = await this.#program.ask('api', { path, method, body });
    if (status >= 400) throw new Refusal(status, String(answer?.code ?? ''), String(answer?.message ?? ''));
    return answer;
  }

  /** Answers a question of the script with what a call brings. */
  async #answer(id, call) {
    const port = this.#port;
    const say = (answer) => port?.postMessage({ type: 'selorax:response', data: { id, ...answer } });
    if (this.#calls >= MOST_CALLS) {
      say({ ok: false, status: 429, error: { code: 'too_many_calls', message: `At most ${MOST_CALLS} calls of an extension may be under way at once.` } });
      return;
    }
    this.#calls++;
    try {
      say({ ok: true, status: 200, data: await call() });
    } catch (error) {
      if (this.#life.signal.aborted) return;
      const { status, code, message } = error instanceof Refusal ? error : new Refusal(0, 'refused', String(error?.message ?? error));
      say({ ok: false, status, error: { code, message } });
    } finally {
      this.#calls--;
    }
  }

  /**
   * Runs a handler of the tree that is shown.
   *
   * @param {string} handler
   * @param {unknown} value
   * @returns {Promise<void>} once it has ended
   */
  emit(handler, value) {
    if (!this.#port) return Promise.reject(new Refusal(0, 'refused', 'The extension’s script does not run.'));
    const id = ++this.#last;
    this.#post('selorax:event', { id, handler, value });
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.#events.delete(id);
        reject(new Refusal(0, 'script_slow', `The script did not end what it began within ${HANDLED_WITHIN / 1000} seconds.`));
      }, HANDLED_WITHIN);
      const end = (settle) => (result) => {
        clearTimeout(timer);
        this.#events.delete(id);
        settle(result);
      };
      this.#events.set(id, { resolve: end(resolve), reject: end(reject) });
    });
  }

  #done({ id, error }) {
    const event = this.#events.get(id);
    if (typeof error === 'string') event?.reject(new Refusal(0, 'script_error', error.slice(0, 500)));
    else event?.resolve();
    if (this.#early && id === this.#last) this.#render(this.#early);
  }

  #stopped({ message }) {
    this.#fail('script_error', 'has an error in its script', String(message ?? '').slice(0, 500));
  }

  /** @param {boolean} [final] true to close the frame */
  #fail(code, what, detail, final = false) {
    clearTimeout(this.#timer);
    if (final) this.#hangUp();
    const { app, title, extension_id: id } = this.#placed;
    this.#problem = { code, title: `${app.name}’s extension “${title || id}” ${what}`, detail, help: 'The browser’s console may say more. Mend the script and load it again.', closed: final };
    this.#program.redraw();
  }
}
