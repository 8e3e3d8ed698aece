// Buttons with data-copy put the text of the element with that id on the
// clipboard, and say so to eyes and ears. Where the browser gives no clipboard
// the text is selected instead, ready for the keyboard.
const SAID = 2000; // ms that a button says it has copied

document.addEventListener('click', async (event) => {
  const button = event.target instanceof Element ? event.target.closest('[data-copy]') : null;
  const source = document.getElementById(button?.getAttribute('data-copy') ?? '');
  if (!button || !source) return;
  try {
    await navigator.clipboard.writeText(source.textContent ?? '');
    say(button, 'Copied');
  } catch {
    getSelection()?.selectAllChildren(source);
    say(button, 'Selected');
  }
});

/**
 * @param {Element} button
 * @param {string} word
 */
function say(button, word) {
  const label = button.querySelector('span');
  if (label) {
    label.textContent = word;
    setTimeout(() => { label.textContent = 'Copy'; }, SAID);
  }
  const status = document.querySelector('[data-copied]');
  if (status) status.textContent = `${word}: ${(button.getAttribute('aria-label') ?? '').replace(/^Copy /, '')}`;
}
