// The extension's side of mode sandbox: one classic script with one global,
// selorax, which runs beside the extension's own script in a frame without an
// origin.
//
//   const { Card, Text, Button } = selorax.ui;
//   await selorax.ready();
//   selorax.render(Card({ title: 'Stock' }, Text({ content: `Order ${selorax.context.order.order_number}` }),
//     Button({ label: 'Reorder', onClick: async () => selorax.toast('Done', { type: 'success' }) })));
//
// Everything else is a message over the port that the dashboard hands over once
// for each load; only "ready" and errors from before that go to the window
// around this one.
(() => {
  'use strict';

  const COMPONENTS = [
    'Stack', 'Grid', 'Card', 'Divider', 'Separator', 'Box', 'InlineStack', 'BlockStack', 'InlineGrid', 'Bleed', 'Layout', 'LayoutSection', 'Page', 'ButtonGroup', 'Collapsible',
    'Text', 'Heading', 'Image', 'Badge', 'Icon', 'KeyValue', 'Table', 'List', 'Thumbnail', 'Banner', 'CalloutCard', 'EmptyState', 'Tag', 'SkeletonBodyText', 'DescriptionList',
    'MediaCard', 'FooterHelp', 'Avatar', 'SkeletonPage', 'SkeletonDisplayText', 'SkeletonThumbnail', 'VideoThumbnail', 'ExceptionList',
    'IndexTable', 'DataTable', 'Filters', 'Pagination',
    'TextField', 'TextArea', 'Select', 'Checkbox', 'RadioGroup', 'Toggle', 'DatePicker', 'Autocomplete', 'ColorPicker', 'DropZone', 'RangeSlider',
    'Button', 'Link', 'ActionMenu', 'PageActions', 'ResourceItem', 'ResourceList', 'Alert', 'Progress', 'Spinner', 'Truncate', 'TextStyle',
    'Modal', 'Drawer', 'Tabs', 'Accordion', 'Popover', 'Tooltip', 'Sheet', 'Scrollable', 'OptionList', 'Listbox',
  ];
  const API = '/api/apps/v1';
  const TREES = 20; // whose handlers are kept

  /** @type {MessagePort | null} */
  let port = null;
  const early = []; // messages of before the port
  const questions = new Map(); // id → {resolve, reject}
  const followers = new Set(); // of the context
  const handlers = []; // maps of name → function, of the newest trees: an event may be of one that was shown a moment ago
  let last = 0; // number of a question or of a handler
  let seen = 0; // number of the newest event: a tree of before it is not drawn over what people type
  let begin; // resolves begun
  const begun = new Promise((resolve) => { begin = resolve; });

  const outside = (type, data) => { if (parent !== window) parent.postMessage({ type, data }, '*'); };

  function post(type, data) {
    if (port) port.postMessage({ type, data });
    else early.push({ type, data });
  }

  function ask(type, data) {
    const id = ++last;
    return new Promise((resolve, reject) => {
      questions.set(id, { resolve, reject });
      post(type, { id, ...data });
    });
  }

  /** An answer that is no success: status and code are the platform's. */
  class SeloraXError extends Error {
    constructor({ status, error }) {
      super(error?.message || 'The call failed.');
      this.name = 'SeloraXError';
      this.status = status;
      this.code = error?.code ?? '';
    }
  }

  addEventListener('message', (event) => {
    if (event.source !== parent || event.data?.type !== 'selorax:init' || port || !event.ports[0]) return;
    [port] = event.ports;
    port.onmessage = ({ data: message }) => hear[message?.type]?.(message.data);
    for (const message of early.splice(0)) port.postMessage(message);
  });

  const hear = {
    'selorax:init'({ context, settings, extension, environment }) {
      Object.assign(selorax, { context, settings, extension, environment });
      begin(selorax);
    },
    'selorax:context_update'({ context, environment }) {
      Object.assign(selorax, { context, environment });
      for (const follow of followers) follow(context);
    },
    'selorax:response'(answer) {
      const question = questions.get(answer.id);
      questions.delete(answer.id);
      if (answer.ok) question?.resolve(answer.data);
      else question?.reject(new SeloraXError(answer));
    },
    async 'selorax:event'({ id, handler, value }) {
      seen = id;
      try {
        await handlers.find((tree) => tree.has(handler))?.get(handler)(value);
        post('selorax:done', { id });
      } catch (error) {
        console.error(error);
        post('selorax:done', { id, error: String(error?.message ?? error) });
      }
    },
  };

  /** Copies a tree, with a name in the place of each function. */
  function named(value) {
    if (typeof value === 'function') {
      const handler = `h${++last}`;
      handlers[0].set(handler, value);
      return { type: 'event', handler };
    }
    if (Array.isArray(value)) return value.flat(Infinity).filter((item) => item !== null && item !== undefined && item !== false).map(named);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, named(item)]));
  }

  const component = (type) => (props = {}, ...children) => ({ type, props: props ?? {}, children });

  const request = (method) => async (path, body) => ask('selorax:api', { method, path: path.startsWith('/api/') ? path : API + path, body });

  const selorax = {
    /** What the page is about, and who looks at it; there once ready() has resolved. */
    context: {},
    /** What the merchant has set for this extension. */
    settings: {},
    /** id, title, target, version and app of this extension. */
    extension: {},
    /** theme (light or dark) and locale of the page. */
    environment: {},

    /** A function for each component: Card({title: 'Stock'}, Text({content: '4 left'})). Events take functions. */
    ui: Object.freeze(Object.fromEntries(COMPONENTS.map((type) => [type, component(type)]))),

    /** Says that the extension can be told what the page is about; resolves when it was. */
    ready() {
      if (!selorax.ready.said) outside('selorax:ready');
      selorax.ready.said = true;
      return begun;
    },

    /** Has the dashboard draw a tree in the extension's card. */
    render(tree) {
      handlers.unshift(new Map());
      handlers.length = Math.min(handlers.length, TREES);
      post('selorax:render', { ui: named(tree), seen });
    },

    /** Calls a function with each new context; returns what ends that. */
    onContextUpdate(follow) {
      followers.add(follow);
      return () => followers.delete(follow);
    },

    /** Merges an object into what {{state.…}} of the tree holds. */
    setState: (state) => post('selorax:set_state', { state }),

    /** Calls the app's own backend through the platform; resolves with the object it answers. */
    callBackend: (url, { method = 'POST', body } = {}) => ask('selorax:call_backend', { url, method, body }),

    /** Calls the API with the scopes of the installation: (await selorax.api.get('/orders?limit=5')).data. */
    api: Object.freeze({ get: request('GET'), post: request('POST'), put: request('PUT'), patch: request('PATCH'), delete: request('DELETE') }),

    /** Lets the person choose records; type: product, order or customer. Resolves with a list of {id, title}, empty if they chose none. */
    pickResource: ({ type, multiple = false }) => ask('selorax:pick_resource', { type, multiple }),

    /** Shows a short message; type: info, success, warning or error. */
    toast: (message, { type = 'info' } = {}) => post('selorax:toast', { message, type }),

    /** Opens a page of the store, /orders or /22/orders. */
    navigate: (url) => post('selorax:navigate', { url }),

    /** Opens an address of the web in a new tab. */
    openLink: (url) => post('selorax:open_link', { url }),

    /** Shows what the extension draws into its own page, this many pixels high; without a number as high as it is. */
    resize: (height = document.documentElement.getBoundingClientRect().height) => post('selorax:resize', { height: Math.ceil(height) }),

    /** Shows what the extension draws into its own page, and follows its height; returns what ends that. */
    autoResize() {
      selorax.resize(); // browsers measure nothing in a frame that is not seen
      const observer = new ResizeObserver(() => selorax.resize());
      observer.observe(document.documentElement);
      return () => observer.disconnect();
    },

    /** Hides the extension until the page is opened again. */
    close: () => post('selorax:close'),
  };

  const tell = (message) => (port ? post('selorax:error', { message }) : outside('selorax:error', { message }));
  addEventListener('error', (event) => {
    if (event.target instanceof HTMLScriptElement) tell(`The script ${event.target.src} could not be loaded.`);
    else tell(event.message);
  }, true);
  addEventListener('unhandledrejection', ({ reason }) => tell(String(reason?.message ?? reason)));

  window.selorax = selorax;
})();
