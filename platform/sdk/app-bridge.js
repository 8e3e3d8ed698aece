// The app's side of the app bridge, for a page inside the SeloraX dashboard:
//
//   <script src="https://api.selorax.io/sdk/app-bridge.js"></script>
//   const orders = await (await SeloraXBridge.fetch('/api/orders')).json();
//
// Everything is a message to the window around this one, which answers only the
// app's own origin. An app may send the same messages itself.
(() => {
  'use strict';

  const RENEW_EVERY = 9 * 60 * 1000; // ms; a token lives ten minutes
  const ANSWER_WITHIN = 10 * 1000; // ms

  /** Calls fn with the tab's storage; '' where the browser refuses that to a frame of another site. */
  function stored(fn) {
    try {
      return fn(sessionStorage) ?? '';
    } catch {
      return '';
    }
  }

  /** The dashboard's origin, from the signed address of this page; '' outside of it. */
  function dashboardOrigin() {
    const host = new URLSearchParams(location.search).get('host') ?? stored((tab) => tab.getItem('selorax:host'));
    try {
      const { origin } = new URL(atob(host.replaceAll('-', '+').replaceAll('_', '/')));
      stored((tab) => tab.setItem('selorax:host', host)); // pages of the app that follow have no such address
      return origin;
    } catch {
      return '';
    }
  }

  const dashboard = parent === window ? '' : dashboardOrigin();
  const listeners = new Map(); // type → set of functions
  let token = '';
  let pending = null; // promise of the next token
  let last = 0; // number of a question

  function post(message) {
    if (!dashboard) throw new Error('This page is not inside the SeloraX dashboard: open the app there.');
    parent.postMessage(message, dashboard);
  }

  function on(type, hear) {
    if (!listeners.has(type)) listeners.set(type, new Set());
    listeners.get(type).add(hear);
    return () => listeners.get(type).delete(hear);
  }

  /** Posts a message and waits for its answer; within: ms, 0 for as long as it takes. */
  function ask(message, type, matches = () => true, within = ANSWER_WITHIN) {
    return new Promise((resolve, reject) => {
      let timer = 0;
      const stop = on(type, (answer) => {
        if (!matches(answer)) return;
        stop();
        clearTimeout(timer);
        resolve(answer);
      });
      if (within) {
        timer = setTimeout(() => {
          stop();
          reject(new Error('The dashboard did not answer. Try again, or reload the page.'));
        }, within);
      }
      try {
        post(message);
      } catch (error) {
        stop();
        clearTimeout(timer);
        reject(error);
      }
    });
  }

  function renew(type = 'selorax:request-session-token') {
    pending ??= ask({ type }, 'selorax:session-token').then((answer) => {
      token = answer.token;
      return token;
    }).finally(() => { pending = null; });
    return pending;
  }

  addEventListener('message', (event) => {
    if (!dashboard || event.source !== parent || event.origin !== dashboard) return;
    const type = event.data?.type;
    if (typeof type === 'string') for (const hear of [...listeners.get(type) ?? []]) hear(event.data);
  });

  const bridge = {
    /** Whether the page is inside the dashboard. */
    framed: dashboard !== '',

    /** The session token of who looks at the page. */
    token: async () => token || renew(),

    /** A fresh session token; callers at the same time share it. */
    renew: () => renew(),

    /**
     * fetch with the session token, once more with a fresh one after a 401. It
     * goes to the app's own origin alone: who holds the token acts for the store.
     */
    async fetch(input, init = {}) {
      const { origin } = new URL(input instanceof Request ? input.url : input, location.href);
      if (origin !== location.origin) throw new Error(`The session token is not sent to ${origin}. Call it with fetch and token(), if it is yours.`);
      const send = (bearer) => {
        const headers = new Headers(init.headers ?? (input instanceof Request ? input.headers : undefined));
        headers.set('Authorization', `Bearer ${bearer}`);
        return fetch(input instanceof Request ? input.clone() : input, { ...init, headers });
      };
      const answer = await send(await bridge.token());
      return answer.status === 401 ? send(await renew()) : answer;
    },

    /** Opens a page of the store in the dashboard: /orders or /22/orders. */
    navigate: (url) => post({ type: 'selorax:navigate', url }),

    /** Opens the page on which a charge is paid: its confirmation_url. */
    pay: (url) => post({ type: 'selorax:billing-redirect', url }),

    /** Shows a short message; variant: info, success, warning or error. */
    toast: (message, variant = 'info') => post({ type: 'selorax:toast', message, variant }),

    /** Names the place in the app, in the title of the browser's tab. */
    title: (title) => post({ type: 'selorax:title', title }),

    /** Shows that the app is at work. */
    loading: (loading) => post({ type: 'selorax:loading', loading }),

    /** Asks the merchant; true if they agree. {title, message, confirm, cancel, danger} */
    async confirm(question) {
      const id = ++last;
      const answer = await ask({ type: 'selorax:modal', id, ...question }, 'selorax:modal-result', (result) => result.id === id, 0);
      return answer.confirmed === true;
    },

    /** Lets the merchant choose records; type: product, order or customer. A list of {id, type, title}, empty if they chose none. */
    async pickResource({ type, multiple = false }) {
      const id = ++last;
      const { selected, error } = await ask({ type: 'selorax:pick-resource', id, resource: type, multiple }, 'selorax:resources', (answer) => answer.id === id, 0);
      if (error) throw new Error(error);
      return selected;
    },

    /**
     * Shows that something is not saved yet, until hide is called. save and
     * discard run when their button is pressed; while save's promise is
     * pending the bar is busy.
     */
    saveBar({ save, discard }) {
      const show = (saving) => post({ type: 'selorax:save-bar', visible: true, saving });
      const stops = [
        on('selorax:save', async () => {
          show(true);
          try {
            await save();
          } finally {
            if (stops.length) show(false);
          }
        }),
        on('selorax:discard', () => discard()),
      ];
      show(false);
      return {
        hide() {
          while (stops.length) stops.pop()();
          post({ type: 'selorax:save-bar', visible: false });
        },
      };
    },

    /** {store_id, locale, theme}; theme is light or dark. */
    context: () => ask({ type: 'selorax:request-context' }, 'selorax:context').then(({ type, ...context }) => context),

    /** Calls hear whenever the context changes; returns what ends that. */
    onContext: (hear) => on('selorax:context', ({ type, ...context }) => hear(context)),
  };

  /** Settles once the dashboard has answered for the first time. */
  bridge.ready = bridge.framed ? renew('app-bridge:ready').then(() => bridge) : Promise.reject(new Error('This page is not inside the SeloraX dashboard: open the app there.'));
  bridge.ready.catch(() => {}); // who waits for it is told
  if (bridge.framed) setInterval(() => renew().catch(() => {}), RENEW_EVERY);

  window.SeloraXBridge = Object.freeze(bridge);
})();
