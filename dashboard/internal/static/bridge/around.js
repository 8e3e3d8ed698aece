// What an app may do with the dashboard around its frame, by messages. All of
// it becomes text, attributes and the dashboard's own elements.

import { followTheme, shownTheme } from '../ext/context.js';
import { storePath } from '../ext/page.js';
import { toast } from '../ext/toast.js';
import { element } from './states.js';

/** Messages of an app. */
const NAVIGATE = 'selorax:navigate';
const TOAST = 'selorax:toast';
const TITLE = 'selorax:title';
const LOADING = 'selorax:loading';
const MODAL = 'selorax:modal';
const SAVE_BAR = 'selorax:save-bar';
const REQUEST_CONTEXT = 'selorax:request-context';
const PICK_RESOURCE = 'selorax:pick-resource';

/** Messages to an app. */
const MODAL_RESULT = 'selorax:modal-result';
const SAVE = 'selorax:save';
const DISCARD = 'selorax:discard';
const CONTEXT = 'selorax:context';
const RESOURCES = 'selorax:resources';

const LONGEST_TITLE = 100; // characters
const LONGEST_MESSAGE = 1000;

const text = (value, longest) => (typeof value === 'string' || typeof value === 'number' ? String(value).slice(0, longest) : '');

/** The page around one frame. */
export class Around {
  #host;
  #storeID;
  #post;
  #signal;
  #title = document.title;
  #bar = /** @type {HTMLElement | null} */ (null);
  #dialog = /** @type {HTMLDialogElement | null} */ (null);

  /**
   * @param {HTMLElement} host the element that the frame is in
   * @param {string} storeID
   * @param {(message: object) => void} post to the app
   * @param {AbortSignal} signal ends with the frame
   */
  constructor(host, storeID, post, signal) {
    this.#host = host;
    this.#storeID = storeID;
    this.#post = post;
    this.#signal = signal;
    followTheme(signal, () => post(this.#context()));
    addEventListener('beforeunload', (event) => {
      if (this.#bar) event.preventDefault(); // the browser asks
    }, { signal });
    signal.addEventListener('abort', () => this.reset());
  }

  /**
   * Does what a message asks for.
   *
   * @param {string} type
   * @param {Record<string, any>} message
   * @returns {boolean} false for a message that is none of these
   */
  hear(type, message) {
    switch (type) {
      case NAVIGATE: this.#navigate(message.url); return true;
      case TOAST: toast(text(message.message, LONGEST_MESSAGE), message.variant ?? message.kind); return true;
      case TITLE: this.#name(message.title); return true;
      case LOADING: this.#load(message.loading === true); return true;
      case MODAL: this.#ask(message); return true;
      case SAVE_BAR: this.#unsaved(message.visible === true, message.saving === true); return true;
      case REQUEST_CONTEXT: this.#post(this.#context()); return true;
      case PICK_RESOURCE: void this.#pick(message); return true;
    }
    return false;
  }

  /** Takes back what the app did: its page has been left. */
  reset() {
    document.title = this.#title;
    this.#load(false);
    this.#unsaved(false, false);
    this.#dialog?.close();
  }

  #context() {
    return { type: CONTEXT, store_id: Number(this.#storeID), locale: document.documentElement.lang || 'en', theme: shownTheme() };
  }

  #navigate(url) {
    const path = storePath(url, this.#storeID, location.origin);
    if (path) location.assign(path);
    else console.warn('app-frame: navigate refused; url has to be a page of this store, such as /orders');
  }

  #name(title) {
    const words = text(title, LONGEST_TITLE).trim();
    document.title = words ? `${words} · ${this.#title}` : this.#title;
  }

  #load(loading) {
    this.#host.toggleAttribute('loading', loading);
    this.#host.setAttribute('aria-busy', String(loading));
  }

  /** Has the merchant choose records for the app. */
  async #pick({ id, resource, multiple }) {
    const { pickResource } = await import('../ext/picker.js');
    try {
      this.#post({ type: RESOURCES, id, selected: await pickResource(this.#storeID, resource, multiple === true, this.#signal) });
    } catch (error) {
      this.#post({ type: RESOURCES, id, selected: [], error: error.message });
    }
  }

  /** One question at a time: a second is answered with no. */
  #ask({ id, title, message, confirm, cancel, danger }) {
    const answer = (confirmed) => this.#post({ type: MODAL_RESULT, id, confirmed });
    if (this.#dialog) {
      answer(false);
      return;
    }
    let agreed = false;
    const dialog = /** @type {HTMLDialogElement} */ (element('dialog', { class: 'dialog', 'data-testid': 'app-modal', 'aria-labelledby': 'app-modal-title' }));
    const button = (label, attributes, chosen) => {
      const one = element('button', { type: 'button', ...attributes }, label);
      one.addEventListener('click', () => {
        agreed = chosen;
        dialog.close();
      });
      return one;
    };
    dialog.append(
      element('div', { class: 'dialog-body' },
        element('h2', { id: 'app-modal-title' }, text(title, LONGEST_TITLE) || 'Go on?'),
        element('p', { class: 'soft' }, text(message, LONGEST_MESSAGE))),
      element('div', { class: 'dialog-foot' },
        button(text(cancel, 40) || 'Cancel', { class: 'button', 'data-testid': 'app-modal-cancel' }, false),
        button(text(confirm, 40) || 'OK', { class: `button ${danger === true ? 'button-danger-fill' : 'button-primary'}`, 'data-testid': 'app-modal-confirm' }, true)));
    dialog.addEventListener('close', () => {
      this.#dialog = null;
      dialog.remove();
      answer(agreed);
    }, { once: true });
    this.#dialog = dialog;
    this.#host.append(dialog);
    dialog.showModal();
  }

  #unsaved(visible, saving) {
    if (!visible) {
      this.#bar?.remove();
      this.#bar = null;
      return;
    }
    if (!this.#bar) {
      const save = element('button', { type: 'button', class: 'button button-primary', 'data-testid': 'app-save' }, 'Save');
      const discard = element('button', { type: 'button', class: 'button', 'data-testid': 'app-discard' }, 'Discard');
      save.addEventListener('click', () => this.#post({ type: SAVE }));
      discard.addEventListener('click', () => this.#post({ type: DISCARD }));
      this.#bar = element('div', { class: 'frame-save-bar', role: 'region', 'aria-label': 'Unsaved changes', 'data-testid': 'app-save-bar' },
        element('p', {}, 'Unsaved changes'), discard, save);
      this.#host.prepend(this.#bar);
    }
    for (const one of this.#bar.querySelectorAll('button')) one.disabled = saving;
    this.#bar.querySelector('.button-primary')?.setAttribute('aria-busy', String(saving));
  }
}
