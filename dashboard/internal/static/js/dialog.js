// Buttons with data-dialog open the dialog of that id; data-close and a click
// beside the dialog close it. The browser gives the focus back. A dialog that
// asks about a form opens once the form is filled in.
document.addEventListener('click', (event) => {
  if (!(event.target instanceof Element)) return;
  const opener = event.target.closest('[data-dialog]');
  if (opener instanceof HTMLElement) {
    const dialog = document.getElementById(opener.dataset.dialog ?? '');
    event.preventDefault(); // one that would submit its form asks first
    const form = opener.closest('form');
    if (form && !form.reportValidity()) return;
    if (dialog instanceof HTMLDialogElement) {
      nameChosen(dialog);
      dialog.showModal();
    }
    return;
  }
  if (event.target.closest('[data-close]')) event.target.closest('dialog')?.close();
  else if (event.target instanceof HTMLDialogElement && outside(event.target, event)) event.target.close();
});

/**
 * Puts the label of what is chosen under a name where data-chosen asks for it.
 *
 * @param {HTMLDialogElement} dialog
 */
function nameChosen(dialog) {
  for (const place of dialog.querySelectorAll('[data-chosen]')) {
    const chosen = document.querySelector(`input[name="${CSS.escape(place.getAttribute('data-chosen') ?? '')}"]:checked`);
    if (chosen instanceof HTMLElement) place.textContent = chosen.dataset.label ?? '';
  }
}

/**
 * @param {HTMLDialogElement} dialog
 * @param {MouseEvent} event
 */
function outside(dialog, event) {
  const box = dialog.getBoundingClientRect();
  return event.clientX < box.left || event.clientX > box.right || event.clientY < box.top || event.clientY > box.bottom;
}
