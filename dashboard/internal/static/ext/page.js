// What an extension may reach outside its card: pages of its own store, links,
// pictures, the clipboard, fresh data.
import { billingTarget } from '../bridge/host.js';
import { refresh } from '../js/live.js';

/**
 * Returns a page of the store, or '' for anything else. A path may leave the
 * store's number out.
 *
 * @param {unknown} url
 * @param {string} storeID
 * @param {string} origin of the dashboard
 * @returns {string}
 */
export function storePath(url, storeID, origin) {
  if (typeof url !== 'string' || !url.startsWith('/') || url.startsWith('//')) return '';
  const numbered = /^\/\d+(?=[/?#]|$)/.test(url) ? url : `/${storeID}${url}`;
  // The rule wants the slash after the store's number; its front page goes without.
  if (numbered === `/${storeID}` || numbered === `/${storeID}/`) return `/${storeID}`;
  return billingTarget(numbered, storeID, origin);
}

/**
 * Returns an address of the web, or ''.
 *
 * @param {unknown} url
 * @returns {string}
 */
export function webAddress(url) {
  if (typeof url !== 'string' || !URL.canParse(url)) return '';
  const { protocol, href } = new URL(url);
  return protocol === 'https:' || protocol === 'http:' ? href : '';
}

/** The page around the extensions of one slot. */
export class PageAround {
  #storeID;
  #images;

  /**
   * @param {string} storeID
   * @param {string} images origin that the page's policy admits pictures from
   */
  constructor(storeID, images) {
    this.#storeID = storeID;
    this.#images = images;
  }

  /** @param {unknown} url */
  inside(url) {
    return storePath(url, this.#storeID, location.origin);
  }

  /** Attributes of a link, null for an address that nobody may be sent to. */
  link(url) {
    const inside = this.inside(url);
    if (inside) return { href: inside };
    const href = webAddress(url);
    return href ? { href, target: '_blank', rel: 'noopener noreferrer' } : null;
  }

  /** The address of a picture, '' for one that the page may not load. */
  picture(url) {
    const address = webAddress(typeof url === 'string' && url.startsWith('/') ? this.#images + url : url);
    return address && [this.#images, location.origin].includes(new URL(address).origin) ? address : '';
  }

  /** @param {string} path of inside */
  go(path) {
    location.assign(path);
  }

  /** @param {string} address of webAddress */
  open(address) {
    window.open(address, '_blank', 'noopener,noreferrer');
  }

  /** @param {string} words */
  copy(words) {
    return navigator.clipboard.writeText(words);
  }

  refresh() {
    return refresh();
  }
}
