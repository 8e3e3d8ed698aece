// How components read props: what is not among the known values counts as not
// given, so that no prop of an app becomes a class or an address unchecked.
import { asText } from './template.js';

const GAPS = ['none', 'xs', 'sm', 'md', 'lg', 'xl'];
const ALIGN = { start: 'start', 'flex-start': 'start', left: 'start', center: 'center', end: 'end', 'flex-end': 'end', right: 'end', stretch: 'stretch', baseline: 'baseline' };
const JUSTIFY = { ...ALIGN, between: 'space-between', 'space-between': 'space-between', around: 'space-around', 'space-around': 'space-around', evenly: 'space-evenly', 'space-evenly': 'space-evenly' };
const TONES = {
  success: 'success', info: 'info', new: 'info', accent: 'accent', primary: 'accent', warning: 'warning', attention: 'warning', caution: 'warning',
  danger: 'danger', critical: 'danger', error: 'danger', destructive: 'danger',
};

/**
 * Returns the text of the first prop that has one.
 *
 * @param {Record<string, any>} props
 * @param {...string} names
 * @returns {string}
 */
export function text(props, ...names) {
  for (const name of names) {
    const found = asText(props[name]);
    if (found !== '') return found;
  }
  return '';
}

/**
 * Returns the value if it is one of those known, else the standard one.
 *
 * @param {unknown} value
 * @param {readonly string[]} known
 * @param {string} [standard]
 */
export function oneOf(value, known, standard = '') {
  return typeof value === 'string' && known.includes(value) ? value : standard;
}

const from = (map, value) => (typeof value === 'string' && Object.hasOwn(map, value) ? map[value] : undefined);

/** Returns the name of a step of the spacing scale. */
export const gap = (value, standard = 'md') => oneOf(value, GAPS, standard);

export const align = (value) => from(ALIGN, value);

export const justify = (value) => from(JUSTIFY, value);

/** Returns one of the dashboard's hues, or '' for none. */
export const tone = (...values) => values.map((value) => from(TONES, value)).find(Boolean) ?? '';

/** Returns the class of a hue, or ''. */
export const toneClass = (name) => (name ? ` tone-${name}` : '');

/**
 * Returns a number within bounds.
 *
 * @param {unknown} value
 * @param {number} least
 * @param {number} most
 * @param {number} standard for what is no number
 */
export function number(value, least, most, standard) {
  const n = typeof value === 'number' ? value : Number.parseFloat(asText(value));
  return Number.isFinite(n) ? Math.min(most, Math.max(least, n)) : standard;
}

/** Returns a list, and an empty one for anything else. */
export const list = (value) => (Array.isArray(value) ? value : []);

/** Says whether a switch is on; "false" and "0" are how templates write off. */
export const yes = (value) => value !== 'false' && value !== '0' && Boolean(value);
