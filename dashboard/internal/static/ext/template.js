// Templates of an extension: {{state.x}}, {{context.order.order_id}},
// {{settings.k}}, {{$value}}, {{!state.loaded}}. Pure functions.

/**
 * What templates see.
 *
 * @typedef {object} Scope
 * @property {Record<string, unknown>} state
 * @property {Record<string, unknown>} context the page's
 * @property {Record<string, unknown>} settings the merchant's
 * @property {unknown} [$value] of the field that changed
 */

const EXPRESSION = /\{\{\s*(!?)\s*([A-Za-z_$][\w$-]*(?:\.[\w$-]+)*)\s*\}\}/g;
const WHOLE = new RegExp(`^\\s*${EXPRESSION.source}\\s*$`);

/**
 * Resolves the templates in a value of any depth. A string that is one
 * template becomes the value it names, of whatever type; inside a longer text
 * it becomes text.
 *
 * @param {unknown} value
 * @param {Scope} scope
 * @returns {any}
 */
export function resolve(value, scope) {
  if (typeof value === 'string') return resolveText(value, scope);
  if (Array.isArray(value)) return value.map((item) => resolve(item, scope));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, resolve(item, scope)]));
}

function resolveText(text, scope) {
  const whole = WHOLE.exec(text);
  if (whole) return evaluate(scope, whole[1], whole[2]);
  return text.replace(EXPRESSION, (_, not, path) => asText(evaluate(scope, not, path)));
}

function evaluate(scope, not, path) {
  const value = lookUp(scope, path);
  return not ? !value : value;
}

/**
 * Returns what a path leads to, or undefined. Only own properties count, so
 * that no path leads to what the language itself puts into objects.
 *
 * @param {unknown} from
 * @param {string} path
 * @returns {unknown}
 */
export function lookUp(from, path) {
  for (const name of path.split('.')) {
    if (typeof from !== 'object' || from === null || !Object.hasOwn(from, name)) return undefined;
    from = from[name];
  }
  return from;
}

/**
 * Returns what people read for a value: nothing for none, JSON for an object.
 *
 * @param {unknown} value
 * @returns {string}
 */
export function asText(value) {
  if (value === undefined || value === null) return '';
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
