// Which extensions the apps of a store show at a target.
import { fetchJSON } from '../bridge/tokens.js';

/**
 * @typedef {object} Placed an extension on a store, as the platform lists it
 * @property {string} extension_id
 * @property {string} target
 * @property {string} title
 * @property {string} mode json or sandbox
 * @property {import('./tree.js').Node} [ui]
 * @property {Record<string, unknown>} [state]
 * @property {import('./tree.js').Action} [loader]
 * @property {string} [action_url]
 * @property {string} [sandbox_url]
 * @property {string} [frame_url] the page that runs the script, in mode sandbox
 * @property {number} installation_id
 * @property {number} version
 * @property {{name: string, slug: string, icon: string}} app
 * @property {Record<string, unknown>} [settings]
 */

/**
 * @param {string} storeID
 * @param {string} target
 * @param {AbortSignal} signal
 * @returns {Promise<Placed[]>}
 */
export async function placedAt(storeID, target, signal) {
  const { data } = await fetchJSON(`/api/apps/extensions?${new URLSearchParams({ store_id: storeID, target })}`, { signal });
  return data;
}
