// Lets the business time of the bar run on, in the stores' time. The live
// refresh puts what the platform says in its place.
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const DHAKA = 6 * 3_600_000;
const TICK = 1000;

const seen = new WeakMap();

setInterval(() => {
  const time = document.querySelector('[data-clock-runs] time');
  if (!(time instanceof HTMLTimeElement)) return;
  if (!seen.has(time)) seen.set(time, Date.now() - Date.parse(time.dateTime));
  const now = new Date(Date.now() - seen.get(time) + DHAKA);
  const two = (/** @type {number} */ n) => String(n).padStart(2, '0');
  const text = `${now.getUTCDate()} ${MONTHS[now.getUTCMonth()]} ${now.getUTCFullYear()}, ${two(now.getUTCHours())}:${two(now.getUTCMinutes())}`;
  if (time.textContent !== text) time.textContent = text;
}, TICK);
