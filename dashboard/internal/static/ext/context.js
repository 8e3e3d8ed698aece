// What extensions are told of the page they are on.
import { selection } from '../js/selection.js';

const HOLDER = 'ext-context'; // the element whose data element has it as JSON; a refresh of the page may replace that

/**
 * Follows the page's context.
 *
 * @param {AbortSignal} signal ends it
 * @param {() => void} changed
 * @returns {() => Record<string, unknown>} the context as of now, with the ids of the selected rows of a list
 */
export function followContext(signal, changed) {
  /** @type {Record<string, unknown>} */
  let context = {};
  const holder = document.getElementById(HOLDER);
  const read = () => {
    context = JSON.parse(holder?.querySelector('data')?.value || '{}');
  };
  read();
  if (holder) {
    const observer = new MutationObserver(() => {
      read();
      changed();
    });
    observer.observe(holder, { childList: true });
    signal.addEventListener('abort', () => observer.disconnect());
  }
  return () => (selection.of ? { ...context, selected_ids: selection.ids } : context);
}

/** @returns {'light' | 'dark'} what the page is shown in */
export function shownTheme() {
  const chosen = document.documentElement.dataset.theme;
  return (chosen ? chosen === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches) ? 'dark' : 'light';
}

/**
 * Follows the page's theme.
 *
 * @param {AbortSignal} signal ends it
 * @param {() => void} changed
 */
export function followTheme(signal, changed) {
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', changed, { signal });
  const observer = new MutationObserver(changed);
  observer.observe(document.documentElement, { attributeFilter: ['data-theme'] });
  signal.addEventListener('abort', () => observer.disconnect());
}
