// What a tree has to be before any of it is drawn.
import { ACTIONS, COMPONENTS, nearest } from './names.js';

/** Levels of a tree, its root counted. */
export const MAX_DEPTH = 10;

/** Components of a tree. */
export const MAX_NODES = 500;

/**
 * @typedef {object} Action
 * @property {string} type
 *
 * @typedef {object} Node
 * @property {string} type
 * @property {Record<string, any>} [props]
 * @property {(Node | string | number)[]} [children]
 * @property {Record<string, Action | Action[]>} [actions]
 * @property {string} [when]
 */

/** Says which node of a tree is wrong, and why. */
export class TreeError extends Error {
  /**
   * @param {string} path such as ui.children[1]
   * @param {string} message a sentence
   */
  constructor(path, message) {
    super(message);
    this.name = 'TreeError';
    this.path = path;
  }
}

/**
 * Checks a tree.
 *
 * @param {unknown} tree
 * @param {readonly string[]} [actions] that there are
 * @returns {asserts tree is Node}
 * @throws {TreeError}
 */
export function check(tree, actions = ACTIONS) {
  let nodes = 0;
  const visit = (node, path, depth) => {
    if (depth > MAX_DEPTH) throw new TreeError(path, `The tree is deeper than ${MAX_DEPTH} levels.`);
    if (++nodes > MAX_NODES) throw new TreeError(path, `The tree has more than ${MAX_NODES} components.`);
    checkNode(node, path, actions);
    (node.children ?? []).forEach((child, n) => {
      if (typeof child !== 'string' && typeof child !== 'number') visit(child, `${path}.children[${n}]`, depth + 1);
    });
  };
  visit(tree, 'ui', 1);
}

function checkNode(node, path, known) {
  if (!isObject(node)) throw new TreeError(path, `This must be a component, an object with a type. It is ${kindOf(node)}.`);
  const { type, props, children, actions } = node;
  if (typeof type !== 'string') throw new TreeError(`${path}.type`, 'A component needs a type, such as "Text".');
  if (!COMPONENTS.includes(type)) throw new TreeError(path, `There is no component “${type.slice(0, 40)}”. The nearest name is ${nearest(type, COMPONENTS)}.`);
  if (props !== undefined && !isObject(props)) throw new TreeError(`${path}.props`, `props must be an object. It is ${kindOf(props)}.`);
  if (children !== undefined && !Array.isArray(children)) throw new TreeError(`${path}.children`, `children must be a list. It is ${kindOf(children)}.`);
  if (actions !== undefined && !isObject(actions)) throw new TreeError(`${path}.actions`, `actions must be an object, such as {"onClick": …}. It is ${kindOf(actions)}.`);
  for (const [name, action] of Object.entries(actions ?? {})) checkActions(action, `${path}.actions.${name}`, known);
  for (const [name, action] of Object.entries(props ?? {})) {
    const acts = isEvent(name) && typeof action === 'object' && action !== null;
    // What others call their action is a button's label and address.
    if (acts && (name !== 'action' || PRESSED.includes(type))) checkActions(action, `${path}.props.${name}`, known);
  }
}

const PRESSED = ['Button', 'Link'];

/** Says whether a prop holds actions, which are resolved when they run. */
export function isEvent(name) {
  return name === 'action' || /^on[A-Z]/.test(name);
}

function checkActions(value, path, known) {
  const list = Array.isArray(value) ? value : [value];
  list.forEach((action, n) => {
    const at = Array.isArray(value) ? `${path}[${n}]` : path;
    const type = isObject(action) ? action.type : undefined;
    if (typeof type !== 'string') throw new TreeError(at, 'An action needs a type, such as "call_backend".');
    if (!known.includes(type)) throw new TreeError(at, `There is no action “${type.slice(0, 40)}”. The nearest name is ${nearest(type, known)}.`);
  });
}

/**
 * @param {unknown} value
 * @returns {value is Record<string, any>}
 */
export function isObject(value) {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function kindOf(value) {
  if (value === null || value === undefined) return 'missing';
  if (Array.isArray(value)) return 'a list';
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}
