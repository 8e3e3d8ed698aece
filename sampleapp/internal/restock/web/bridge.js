// The app's side of the app bridge: it asks the dashboard, which frames this
// page, for session tokens. A token lives ten minutes and stays in memory.

const FRESH_EVERY = 9 * 60 * 1000; // ms
const ANSWER_WITHIN = 10 * 1000; // ms

/**
 * The dashboard's origin, from the signed "host" parameter of this page.
 * @returns {string} "" when the page was not opened by the dashboard
 */
function dashboardOrigin() {
  const host = new URLSearchParams(location.search).get('host') ?? '';
  try {
    return new URL(atob(host.replaceAll('-', '+').replaceAll('_', '/'))).origin;
  } catch {
    return '';
  }
}

/**
 * Connects to the dashboard.
 * @returns {{token: () => Promise<string>, renew: () => Promise<string>} | null}
 *   null when the page stands alone
 */
export function connect() {
  const origin = dashboardOrigin();
  if (!origin || window.parent === window) return null;

  let current = null; // promise of the latest token
  let waiting = []; // those who wait for the next one

  window.addEventListener('message', (event) => {
    // Only the window around this one, and only while it shows the dashboard.
    if (event.source !== window.parent || event.origin !== origin) return;
    if (event.data?.type !== 'selorax:session-token' || typeof event.data.token !== 'string') return;
    for (const settle of waiting.splice(0)) settle(event.data.token);
  });

  const ask = (type) => {
    current = new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        waiting = waiting.filter((settle) => settle !== done);
        reject(new Error('The dashboard did not answer. Reload the page.'));
      }, ANSWER_WITHIN);
      const done = (token) => {
        clearTimeout(timer);
        resolve(token);
      };
      waiting.push(done);
      window.parent.postMessage({ type }, origin);
    });
    return current;
  };

  ask('app-bridge:ready');
  setInterval(() => ask('selorax:request-session-token').catch(() => {}), FRESH_EVERY);
  return { token: () => current, renew: () => ask('selorax:request-session-token') };
}
