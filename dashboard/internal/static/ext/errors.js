// What is said when an extension does not work: which, what is wrong, what to do.
import { h, icon } from './vdom.js';

/**
 * @typedef {import('./placed.js').Placed} Placed
 *
 * @typedef {object} Problem
 * @property {string} code
 * @property {string} title
 * @property {string} [detail] what was found
 * @property {string} help what to do
 * @property {[string, string]} [link] address and words
 * @property {boolean} [final] true if trying again cannot help
 */

/** @type {Record<string, (app: string, storeID: string) => Omit<Problem, 'code' | 'detail'>>} */
const texts = {
  app_unreachable: (app) => ({ title: `${app} cannot be reached`, help: 'Check that the app runs and that its app_url is right, then retry.' }),
  app_timeout: (app) => ({ title: `${app} took too long to answer`, help: 'It may have done the work all the same. Look before you retry.' }),
  app_error: (app) => ({ title: `${app} answered with an error`, help: 'The app’s own log says why. Retry once it is mended.' }),
  app_bad_answer: (app) => ({ title: `${app} sent an answer that cannot be used`, help: 'Its backend must answer with one JSON object of directives, such as {"update_state": {…}}.' }),
  not_installed: (app, storeID) => ({ title: `${app} is not installed on this store any more`, help: 'Install it again to use it.', link: [`/${storeID}/apps/marketplace`, 'See all apps'], final: true }),
  session_required: () => ({ title: 'You are signed out', help: 'Your session has ended. Sign in to go on.', link: ['/login', 'Sign in'], final: true }),
  script_error: (app) => ({ title: `${app}’s script has an error`, help: 'The browser’s console may say more.' }),
  script_slow: (app) => ({ title: `${app}’s script takes too long`, help: 'It may have done the work all the same. Look before you retry.' }),
  refused: (app) => ({ title: `${app} asked for something that is not allowed`, help: 'Mend the action in the app.', final: true }),
  no_platform: () => ({ title: 'The platform does not answer', help: 'Check that the sandbox is running, then retry.' }),
  platform: () => ({ title: 'The platform refused the call', help: 'The sentence above says why.' }),
};

/**
 * Returns what to say of a call that failed.
 *
 * @param {{status: number, code: string, message: string}} refusal
 * @param {string} app its name
 * @param {string} storeID
 * @returns {Problem}
 */
export function problemOf({ status, code, message }, app, storeID) {
  const known = Object.hasOwn(texts, code) ? code : code && status < 500 ? 'platform' : 'no_platform';
  return { code: code || 'no_platform', detail: message, ...texts[known](app, storeID) };
}

/**
 * Describes a card in the place of a tree that cannot be drawn.
 *
 * @param {Placed} placed
 * @param {{path?: string, message: string}} error
 */
export function brokenCard(placed, { path = '', message }) {
  return h('div', { key: 'broken', class: 'banner tone-danger', role: 'alert', 'data-testid': 'ext-error', 'data-code': 'bad_tree' }, icon('alert'),
    h('div', { class: 'ext-column', 'data-gap': 'xs' },
      h('p', { class: 'strong' }, `${placed.app.name}’s extension “${placed.title || placed.extension_id}” cannot be shown`),
      h('p', {}, path && [h('code', {}, path), ': '], message),
      h('p', { class: 'meta' }, 'Mend ', h('code', {}, placed.extension_id), ' in the app and deploy it again. The rest of this page is not affected.')));
}

/**
 * Describes a failed action, with a way to try again.
 *
 * @param {Problem} problem
 * @param {() => void} retry
 */
export function failureNote(problem, retry) {
  return h('div', { class: 'banner tone-danger ext-failure', role: 'alert', 'data-testid': 'ext-error', 'data-code': problem.code }, icon('alert'),
    h('div', { class: 'ext-column', 'data-gap': 'xs' },
      h('p', { class: 'strong' }, problem.title),
      problem.detail && h('p', { class: 'ext-detail' }, problem.detail),
      h('p', { class: 'meta' }, problem.help),
      (problem.link || !problem.final) && h('div', { class: 'ext-row ext-failure-actions', 'data-gap': 'sm', 'data-wrap': true },
        problem.link && h('a', { class: 'button', href: problem.link[0] }, problem.link[1]),
        !problem.final && h('button', { type: 'button', class: 'button', 'data-testid': 'ext-retry', on: { click: retry } }, icon('refresh'), 'Retry'))));
}
