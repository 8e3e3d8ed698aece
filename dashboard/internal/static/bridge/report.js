// Tells the inspector what passes between the app's page and the dashboard.
// Developers alone load it. Tokens are masked before they leave this page.

const GATHER = 400; // ms in which messages count as one report
const MOST = 50; // messages in a report, as many as the platform takes
const LONGEST = 4000; // characters of a message

const frame = /** @type {HTMLElement} */ (document.querySelector('app-frame'));
const { report: address = '', appId = '' } = frame.dataset;
let waiting = /** @type {object[]} */ ([]);
let timer = 0;

frame.addEventListener('bridge-message', (event) => {
  const { data, ...message } = /** @type {CustomEvent} */ (event).detail;
  waiting.push({ ...message, type: message.type.slice(0, 200) || '(no type)', data: written(data) });
  clearTimeout(timer);
  if (waiting.length >= MOST) send();
  else timer = setTimeout(send, GATHER);
});
addEventListener('pagehide', send);

/** @param {unknown} data */
function written(data) {
  try {
    return (JSON.stringify(data, (name, value) => (name === 'token' && typeof value === 'string' ? `${value.slice(0, 6)}…` : value)) ?? '').slice(0, LONGEST);
  } catch {
    return ''; // a loop, or a BigInt
  }
}

function send() {
  if (!waiting.length) return;
  const messages = waiting;
  waiting = [];
  fetch(address, {
    method: 'POST', keepalive: true, credentials: 'same-origin', headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ app_id: Number(appId), messages }),
  }).catch(() => {}); // nothing depends on it
}
