// The card in place of, or above, an app that does not show. Everything that
// comes from outside becomes a text node.

/**
 * @typedef {'connecting' | 'ready' | 'timeout' | 'unreachable' | 'refused-framing' | 'wrong-origin' |
 *   'error-status' | 'not-installed' | 'signed-out' | 'platform-down'} State
 *
 * @typedef {object} Facts
 * @property {string} app name of the app
 * @property {string} appOrigin origin the dashboard accepts messages from
 * @property {string} storeID
 * @property {string} [detail] sentence that says what was found
 */

/** @type {Record<string, State>} card for each state of the dashboard's probe */
const cards = {
  answering: 'timeout',
  redirected: 'wrong-origin',
  'error-status': 'error-status',
  'refused-framing': 'refused-framing',
};

/**
 * Returns the card that explains what the probe found.
 *
 * @param {string} found state of the probe
 * @returns {State}
 */
export function stateOf(found) {
  return Object.hasOwn(cards, found) ? cards[found] : 'unreachable';
}

/** @type {Record<string, (f: Facts) => {title: string, help: string, link?: [string, string]}>} */
const texts = {
  timeout: (f) => ({
    title: `${f.app} has not said it is ready`,
    help: 'Its page must post {type: "app-bridge:ready"} to the window above it, with the dashboard’s origin as the target, once it listens for messages. Until then it gets no session token.',
  }),
  unreachable: (f) => ({
    title: `${f.app} cannot be reached`,
    help: `Check that the app runs and that its app_url is right, then retry. It is expected at ${f.appOrigin}.`,
  }),
  'refused-framing': (f) => ({
    title: `${f.app} does not allow being shown here`,
    help: `Remove X-Frame-Options from the app’s pages and send “Content-Security-Policy: frame-ancestors ${location.origin}” instead.`,
  }),
  'wrong-origin': (f) => ({
    title: `${f.app} answers from another address`,
    help: `Messages are only accepted from ${f.appOrigin}, the origin of the app’s app_url. Let the app stay on that origin, or change its app_url.`,
  }),
  'error-status': (f) => ({
    title: `${f.app} answered with an error`,
    help: 'The app’s own log says why. Retry once it is mended.',
  }),
  'not-installed': (f) => ({
    title: `${f.app} is not installed on this store`,
    help: 'It may have been uninstalled in the meantime. Install it again to open it.',
    link: [`/${f.storeID}/apps/marketplace`, 'See all apps'],
  }),
  'signed-out': () => ({
    title: 'You are signed out',
    help: 'Your session has ended. Sign in to go on.',
    link: ['/login', 'Sign in'],
  }),
  'platform-down': (f) => ({
    title: 'The platform does not answer',
    help: `${f.app} cannot be opened without it. Check that the sandbox is running, then retry.`,
  }),
};

/**
 * Draws the state of a frame.
 *
 * @param {HTMLElement} box element with data-testid="frame-state"
 * @param {State} state
 * @param {Facts} facts
 * @param {{retry: () => void, hide?: () => void}} actions hide only for a notice above a live frame
 */
export function draw(box, state, facts, actions) {
  box.dataset.state = state;
  if (state === 'ready') box.replaceChildren();
  else if (state === 'connecting') box.replaceChildren(...skeleton(facts.app));
  else box.replaceChildren(card(texts[state](facts), facts.detail ?? '', actions));
}

function skeleton(app) {
  const bars = ['title', 'line', 'line', 'block'].map((kind) => element('div', { class: `frame-bone frame-bone-${kind}` }));
  return [
    element('p', { class: 'frame-status' }, `Opening ${app}…`),
    element('div', { class: 'frame-skeleton', 'aria-hidden': 'true' }, ...bars),
  ];
}

function card({ title, help, link }, detail, { retry, hide }) {
  const buttons = [button('Retry', 'frame-retry', retry)];
  if (hide) buttons.push(button('Hide', 'frame-hide', hide));
  if (link) buttons.unshift(element('a', { href: link[0], class: 'frame-link' }, link[1]));
  return element('div', { class: 'frame-card' },
    element('h2', { class: 'frame-title' }, title),
    ...(detail ? [element('p', { class: 'frame-detail', 'data-testid': 'frame-detail' }, detail)] : []),
    element('p', { class: 'frame-help' }, help),
    element('div', { class: 'frame-actions' }, ...buttons));
}

function button(label, testID, action) {
  const b = element('button', { type: 'button', class: 'frame-button', 'data-testid': testID }, label);
  b.addEventListener('click', action);
  return b;
}

/**
 * Makes an element. Children that are strings become text.
 *
 * @param {string} name
 * @param {Record<string, string>} attributes
 * @param {...(string | Node)} children
 * @returns {HTMLElement}
 */
export function element(name, attributes, ...children) {
  const e = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) e.setAttribute(key, value);
  e.append(...children);
  return e;
}
