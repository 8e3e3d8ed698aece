// A press that meets other elements when it ends is no click. Whoever replaces
// parts of a page waits for released() first, so that none gets lost.
let pressed = false;
/** @type {(() => void)[]} */
const waiting = [];

addEventListener('pointerdown', () => { pressed = true; }, true);
for (const end of ['pointerup', 'pointercancel', 'dragend']) {
  // The click comes after pointerup, in the same turn.
  addEventListener(end, () => setTimeout(release), true);
}
// Of the window, not of an element: a press moves the focus, and is not over.
addEventListener('blur', (event) => { if (event.target === window) release(); });

function release() {
  pressed = false;
  for (const go of waiting.splice(0)) go();
}

/** Resolves while nothing is pressed. @returns {Promise<void>} */
export function released() {
  return pressed ? new Promise((go) => waiting.push(go)) : Promise.resolve();
}
