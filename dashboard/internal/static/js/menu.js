// Menus are details elements: they close on Escape, on a click elsewhere, and
// when the focus leaves them.
const openMenus = () => /** @type {NodeListOf<HTMLDetailsElement>} */ (document.querySelectorAll('details.menu[open]'));

document.addEventListener('click', (event) => {
  for (const menu of openMenus()) {
    if (!(event.target instanceof Node) || !menu.contains(event.target)) menu.open = false;
  }
});

document.addEventListener('focusin', (event) => {
  for (const menu of openMenus()) {
    if (event.target instanceof Node && !menu.contains(event.target)) menu.open = false;
  }
});

document.addEventListener('keydown', (event) => {
  if (event.key !== 'Escape') return;
  for (const menu of openMenus()) {
    event.preventDefault(); // it meant the menu, and nothing behind it
    const held = menu.contains(document.activeElement);
    menu.open = false;
    if (held) menu.querySelector('summary')?.focus();
  }
});

// A flash is the answer to what was just done: readers hear it first.
const flash = document.querySelector('.flash');
if (flash instanceof HTMLElement) flash.focus({ preventScroll: true });
