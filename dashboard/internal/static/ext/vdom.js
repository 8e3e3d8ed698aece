// A description of elements, and the change of what is shown into what is
// described. Elements stay where their tag and key do, so that the focus, the
// caret and what people typed survive. Strings become text nodes, never markup.

/**
 * @typedef {object} Element
 * @property {string} tag
 * @property {string} key among its siblings; '' for the place among them
 * @property {Record<string, unknown>} attrs false, null and undefined are left out, true is empty
 * @property {Record<string, string>} style
 * @property {Record<string, (event: any) => void>} on
 * @property {Record<string, string | boolean | undefined>} live properties that people change too: set when they differ from last time
 * @property {VNode[]} children
 *
 * @typedef {Element | string} VNode
 */

const ICON = '#icon';

/** @type {WeakMap<globalThis.Node, VNode>} */
const drawn = new WeakMap();

/**
 * Describes an element.
 *
 * @param {string} tag
 * @param {Record<string, any>} [options] key, style, on, live; all else are attributes
 * @param {...any} children
 * @returns {Element}
 */
export function h(tag, { key = '', style = {}, on = {}, live = {}, ...attrs } = {}, ...children) {
  const shown = children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false && child !== '');
  return { tag, key, style, on, live, attrs, children: shown.map((child) => (typeof child === 'object' ? child : String(child))) };
}

/**
 * Describes a drawn icon of the dashboard's set.
 *
 * @param {string} name
 * @returns {Element}
 */
export function icon(name) {
  return h(ICON, { key: name, name });
}

/**
 * Makes the children of an element those described.
 *
 * @param {globalThis.Element} parent all of whose children come from here
 * @param {VNode[]} list
 */
export function patch(parent, list) {
  const before = new Map();
  [...parent.childNodes].forEach((node, n) => before.set(identity(drawn.get(node) ?? '', n), node));
  const after = list.map((next, n) => {
    const known = before.get(identity(next, n));
    before.delete(identity(next, n));
    return known ?? create(next);
  });
  for (const node of before.values()) node.remove();
  after.forEach((node, n) => {
    if (parent.childNodes[n] !== node) parent.insertBefore(node, parent.childNodes[n] ?? null);
    update(node, list[n]);
  });
}

function identity(vnode, place) {
  return typeof vnode === 'string' ? `#text|${place}` : `${vnode.tag}|${vnode.key || place}`;
}

function create(vnode) {
  if (typeof vnode === 'string') return document.createTextNode(vnode);
  return vnode.tag === ICON ? drawIcon(String(vnode.attrs.name)) : document.createElement(vnode.tag);
}

/** Copies an icon that the page brought along. */
function drawIcon(name) {
  const set = /** @type {HTMLTemplateElement | null} */ (document.getElementById('ext-icons'));
  const svg = set?.content.querySelector(`[data-icon="${CSS.escape(name)}"] svg`) ?? set?.content.querySelector('[data-icon="circle-dot"] svg');
  return svg ? document.importNode(svg, true) : document.createElement('span');
}

function update(node, next) {
  const last = drawn.get(node);
  drawn.set(node, next);
  if (typeof next === 'string') {
    if (node.data !== next) node.data = next;
    return;
  }
  if (next.tag === ICON) return;
  const known = typeof last === 'object' ? last : h(next.tag);
  setAttributes(node, known.attrs, next.attrs);
  for (const name of Object.keys(known.style)) if (!(name in next.style)) node.style.removeProperty(name);
  for (const [name, value] of Object.entries(next.style)) node.style.setProperty(name, value);
  for (const type of Object.keys(next.on)) node.addEventListener(type, dispatch);
  patch(node, next.children);
  for (const [name, value] of Object.entries(next.live)) {
    if (value !== undefined && known.live[name] !== value && node[name] !== value) node[name] = value;
  }
}

function setAttributes(node, last, next) {
  const absent = (value) => value === undefined || value === null || value === false;
  for (const name of Object.keys(last)) if (absent(next[name])) node.removeAttribute(name);
  for (const [name, value] of Object.entries(next)) {
    const text = value === true ? '' : String(value);
    if (!absent(value) && node.getAttribute(name) !== text) node.setAttribute(name, text);
  }
}

/** @param {Event} event */
function dispatch(event) {
  const vnode = drawn.get(/** @type {globalThis.Node} */ (event.currentTarget));
  if (typeof vnode === 'object') vnode.on[event.type]?.(event);
}
