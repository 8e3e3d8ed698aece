// Keeps the regions marked data-live fresh: on every event of the store, or
// of the feed that data-feed names, the page is fetched again and what changed
// is put in its place.
import { released } from './pointer.js';
import { swap } from './swap.js';

const FIRST_WAIT = 500; // ms until the first reconnect; doubles up to the longest
const LONGEST_WAIT = 15_000;
const GATHER = 150; // ms in which events count as one

const store = document.body.dataset.storeId;
const feed = document.querySelector('[data-feed]')?.getAttribute('data-feed') ?? '/live';
const remembers = `live:${feed}:${store}`;
let after = remembered() ?? '';
let wait = FIRST_WAIT;
let timer = 0;
let running = false;
let again = false;

/** Waits between looks at a delivery that is under way, in ms, the last again and again: the feed tells of events, not of what becomes of them. */
const DELIVERY_WAITS = [700, 1500, 3000, 6000];
let looks = 0;
let follower = 0;

if (store && document.querySelector('[data-live]')) {
  connect();
  followDeliveries();
}

/** The last event seen in this tab, so that none between two pages is missed. */
function remembered() {
  return sessionStorage.getItem(remembers);
}

function remember(seq) {
  after = seq;
  sessionStorage.setItem(remembers, seq);
}

function followDeliveries() {
  clearTimeout(follower);
  if (!document.querySelector('[data-live] [data-under-way]')) looks = 0;
  else follower = setTimeout(refresh, DELIVERY_WAITS[Math.min(looks++, DELIVERY_WAITS.length - 1)]);
}

function connect() {
  const query = new URLSearchParams({ store_id: store ?? '' });
  if (after) query.set('after', after);
  const socket = new WebSocket(`${location.origin.replace(/^http/, 'ws')}${feed}?${query}`);
  let opened = false;
  socket.addEventListener('open', () => {
    opened = true;
    wait = FIRST_WAIT;
    document.body.dataset.liveFeed = 'open';
  });
  socket.addEventListener('message', (event) => {
    try {
      const { seq } = JSON.parse(event.data);
      if (Number.isInteger(seq)) remember(String(seq));
    } catch {
      return;
    }
    looks = 0;
    soon();
  });
  socket.addEventListener('close', () => {
    document.body.dataset.liveFeed = 'closed';
    // Events of the gap come with ?after=; without one to go by, look once.
    if (opened && !after) soon();
    setTimeout(connect, wait * (0.75 + Math.random() / 2));
    wait = Math.min(wait * 2, LONGEST_WAIT);
  });
}

function soon() {
  clearTimeout(timer);
  timer = setTimeout(refresh, GATHER);
}

/** Fetches the page again and puts what changed in its place. */
export async function refresh() {
  if (running) {
    again = true;
    return;
  }
  running = true;
  try {
    const answer = await fetch(location.href, { headers: { 'X-Live-Refresh': '1' }, credentials: 'same-origin' });
    if (answer.redirected) location.reload(); // the session has ended
    else if (answer.ok) {
      const fresh = new DOMParser().parseFromString(await answer.text(), 'text/html');
      await released();
      swap(document, fresh);
    }
  } catch {
    // No connection: the socket notices too, and comes back with what was missed.
  } finally {
    running = false;
  }
  if (again) {
    again = false;
    soon();
  } else {
    followDeliveries();
  }
}
