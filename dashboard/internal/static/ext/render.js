// From a tree and what templates see to a description of elements.
import * as controls from './controls.js';
import * as feedback from './feedback.js';
import * as layout from './layout.js';
import { asText, resolve } from './template.js';
import { isEvent, isObject } from './tree.js';
import * as words from './words.js';

/**
 * @typedef {import('./tree.js').Action} Action
 * @typedef {import('./tree.js').Node} Node
 * @typedef {import('./vdom.js').VNode} VNode
 * @typedef {import('./template.js').Scope} Scope
 *
 * @typedef {object} Page what the page around allows
 * @property {(url: string) => Record<string, string> | null} link attributes of a link, null for an address that nobody may be sent to
 * @property {(url: string) => string} picture the address of a picture, '' for one that may not be loaded
 *
 * @typedef {object} Host who draws
 * @property {string} id prefix of ids in the page
 * @property {Page} page
 * @property {(at: string) => boolean} busy
 * @property {(actions: Action[], at: string, value: unknown) => void} run
 *
 * @typedef {object} Use what a component is drawn from
 * @property {Record<string, any>} props resolved
 * @property {VNode[]} children
 * @property {string} id
 * @property {boolean} busy
 * @property {Page} page
 * @property {(event: string) => boolean} has
 * @property {(event: string, value?: unknown, which?: (action: Action) => boolean) => void} run
 * @property {(actions: unknown) => void} act runs actions that stand in a prop
 */

const { Plain, ...places } = layout;

/** @type {Map<string, (use: Use) => import('./vdom.js').Element>} */
const components = new Map(Object.entries({
  ...places, ...words, ...feedback, ...controls,
  Separator: layout.Divider, InlineGrid: layout.Grid, TextStyle: words.Text, Truncate: words.Text, Thumbnail: words.Image,
}));

/** Components that many trees go without, and where they are. */
const LATER = [
  { names: ['TextField', 'TextArea', 'Select', 'Checkbox', 'Toggle', 'DatePicker'], load: () => import('./inputs.js') },
  { names: ['RadioGroup', 'ActionMenu', 'Pagination'], load: () => import('./choices.js') },
  { names: ['Page', 'Layout', 'LayoutSection', 'Collapsible', 'Accordion', 'Tabs', 'Tooltip', 'Avatar'], load: () => import('./structure.js') },
  { names: ['Modal', 'Drawer'], load: () => import('./dialogs.js') },
  { names: ['Table', 'IndexTable', 'DataTable', 'KeyValue', 'DescriptionList'], load: () => import('./tables.js') },
];

function typesOf(node, types = new Set()) {
  if (!isObject(node)) return types;
  types.add(node.type);
  for (const child of node.children ?? []) typesOf(child, types);
  return types;
}

/**
 * Loads the components of a tree that are not here yet.
 *
 * @param {Node} tree that has been checked
 * @returns {Promise<void> | null} null if all are here
 */
export function prepare(tree) {
  const types = typesOf(tree);
  const missing = LATER.filter(({ names }) => names.some((name) => types.has(name) && !components.has(name)));
  if (missing.length === 0) return null;
  return Promise.all(missing.map(async ({ load }) => {
    for (const [name, draw] of Object.entries(await load())) components.set(name, draw);
  })).then(() => {});
}

/**
 * Describes a tree that has been checked and prepared.
 *
 * @param {Node} tree
 * @param {Scope} scope
 * @param {Host} host
 * @returns {VNode[]} none if the root is not to be shown
 */
export function render(tree, scope, host) {
  return drawNode(tree, 'ui', scope, host);
}

function drawNode(node, path, scope, host) {
  if (!isObject(node)) return [asText(resolve(String(node), scope))];
  if (![node.when, node.props?.when].every((when) => when === undefined || resolve(when, scope))) return [];
  const use = {
    props: drawProps(node.props ?? {}, scope),
    children: (node.children ?? []).flatMap((child, n) => drawNode(child, `${path}.children[${n}]`, scope, host)),
    id: `${host.id}-${path.replace(/[^a-z0-9]+/g, '-')}`,
    busy: host.busy(path),
    page: host.page,
    has: (event) => actionsOf(node, event).length > 0,
    run: (event, value, which = () => true) => host.run(actionsOf(node, event).filter(which), path, value),
    act: (actions) => host.run(asActions(actions), path, undefined),
  };
  const drawn = (components.get(node.type) ?? Plain)(use);
  drawn.key = path;
  return [drawn];
}

function drawProps(props, scope) {
  const kept = Object.entries(props).filter(([name]) => name !== 'when' && !isEvent(name));
  return Object.fromEntries(kept.map(([name, value]) => [name, resolve(value, scope)]));
}

/** @returns {Action[]} */
function actionsOf(node, event) {
  const found = node.actions?.[event] ?? node.props?.[event] ?? (event === 'onClick' ? node.props?.action : undefined);
  return asActions(found);
}

/** @returns {Action[]} */
function asActions(found) {
  return (Array.isArray(found) ? found : [found]).filter((action) => isObject(action) && typeof action.type === 'string');
}
