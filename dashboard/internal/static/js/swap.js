/**
 * Puts the regions marked data-live of a fresh page in the place of those
 * shown. The focus, open details and what is being typed are kept; a region
 * that did not change is not touched, so that nothing jumps.
 *
 * @param {Document} shown
 * @param {Document} fresh
 */
export function swap(shown, fresh) {
  for (const region of shown.querySelectorAll('[data-live]')) {
    const next = fresh.querySelector(`[data-live="${CSS.escape(region.getAttribute('data-live') ?? '')}"]`);
    if (!next) continue;
    for (const details of region.querySelectorAll('details[open][id]')) {
      next.querySelector(`#${CSS.escape(details.id)}`)?.setAttribute('open', '');
    }
    if (region.querySelector('form[data-busy="sent"]')) continue; // the next page is on its way
    if (region.innerHTML === next.innerHTML) continue;
    const held = region.contains(shown.activeElement) ? address(/** @type {Element} */ (shown.activeElement), region) : null;
    mark(region, next);
    region.replaceChildren(...[...next.childNodes].map((node) => shown.importNode(node, true)));
    if (held) find(region, held)?.focus({ preventScroll: true });
  }
}

/** Marks rows that were not there, or not like this, so that the eye finds them. */
function mark(region, next) {
  for (const row of next.querySelectorAll('[data-key]')) {
    const old = region.querySelector(`[data-key="${CSS.escape(row.getAttribute('data-key') ?? '')}"]`);
    if (!old || old.textContent !== row.textContent) row.classList.add('fresh');
  }
}

/** What an element can be found again by. */
function address(element, region) {
  const same = candidates(region, element.tagName, key(element));
  return { tag: element.tagName, key: key(element), place: same.indexOf(element) };
}

function key(element) {
  return [element.id, element.getAttribute('href'), element.getAttribute('data-testid'), element.getAttribute('name'), element.parentElement?.id].join('|');
}

function candidates(region, tag, wanted) {
  return [...region.querySelectorAll(tag)].filter((element) => key(element) === wanted);
}

function find(region, held) {
  const same = candidates(region, held.tag, held.key);
  return /** @type {HTMLElement | undefined} */ (same[held.place] ?? same[0]);
}
