// What the dashboard makes of a message from a frame. Pure functions: they look
// at what they are given and touch nothing.

/** Messages of an app to the dashboard. */
export const READY = 'app-bridge:ready';
export const REQUEST_TOKEN = 'selorax:request-session-token';
export const BILLING_REDIRECT = 'selorax:billing-redirect';

/** The dashboard's message to an app. */
export const SESSION_TOKEN = 'selorax:session-token';

/**
 * Says where a message is from. Only 'app' may be answered: the window has to
 * be that of the frame and the origin that of the app, since a frame may
 * navigate to another site and any window may post to this one.
 *
 * @param {{source: unknown, origin: string}} event
 * @param {unknown} frameWindow contentWindow of the frame
 * @param {string} appOrigin
 * @returns {'app' | 'other-window' | 'other-origin'}
 */
export function sender(event, frameWindow, appOrigin) {
  if (!frameWindow || event.source !== frameWindow) return 'other-window';
  return event.origin === appOrigin ? 'app' : 'other-origin';
}

/**
 * Returns the type of a message, or '' if it is not one of this protocol's
 * shape: a plain object with a string for its type.
 *
 * @param {unknown} data
 * @returns {string}
 */
export function typeOf(data) {
  if (typeof data !== 'object' || data === null || Array.isArray(data)) return '';
  const type = /** @type {{type?: unknown}} */ (data).type;
  return typeof type === 'string' ? type : '';
}

/**
 * Returns the address an app may send the merchant to, or '' if there is none:
 * a path of the dashboard inside the app's own store, as the platform writes
 * it in confirmation_url. Anything that a URL parser could read as another
 * host, another scheme or another store is refused.
 *
 * @param {unknown} url
 * @param {string} storeID
 * @param {string} dashboardOrigin
 * @returns {string}
 */
export function billingTarget(url, storeID, dashboardOrigin) {
  const inside = `/${storeID}/`;
  // Parsers drop tabs and line breaks and take "\" for "/".
  if (typeof url !== 'string' || !url.startsWith(inside) || /[\\\s\p{Cc}]/u.test(url)) return '';
  const target = new URL(url, dashboardOrigin);
  if (target.origin !== dashboardOrigin || !target.pathname.startsWith(inside)) return '';
  return target.pathname + target.search + target.hash;
}

/**
 * Says whether a frame may be opened: the address has to be of the app's
 * origin, and never of the dashboard's, where a frame could lift its sandbox.
 *
 * @param {string} address
 * @param {string} appOrigin
 * @param {string} dashboardOrigin
 * @returns {boolean}
 */
export function mayOpen(address, appOrigin, dashboardOrigin) {
  if (!URL.canParse(address)) return false;
  const { origin, protocol } = new URL(address);
  return (protocol === 'http:' || protocol === 'https:') && origin === appOrigin && origin !== dashboardOrigin;
}

/**
 * Returns the address of a place inside the app. The signature covers the
 * query alone, so the path may grow; the query is left as it was signed.
 *
 * @param {string} address signed
 * @param {string} path escaped, with a leading slash; '' for the app's front page
 * @returns {string}
 */
export function deepLink(address, path) {
  if (!path) return address;
  const url = new URL(address);
  url.pathname = url.pathname.replace(/\/$/, '') + path;
  return url.href;
}
