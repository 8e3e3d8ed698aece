// Buttons with data-dialog open the dialog of that id; data-close and a click
// beside the dialog close it. The browser gives the focus back.
document.addEventListener('click', (event) => {
  if (!(event.target instanceof Element)) return;
  const opener = event.target.closest('[data-dialog]');
  if (opener instanceof HTMLElement) {
    const dialog = document.getElementById(opener.dataset.dialog ?? '');
    if (dialog instanceof HTMLDialogElement) dialog.showModal();
    return;
  }
  if (event.target.closest('[data-close]')) event.target.closest('dialog')?.close();
  else if (event.target instanceof HTMLDialogElement && outside(event.target, event)) event.target.close();
});

/**
 * @param {HTMLDialogElement} dialog
 * @param {MouseEvent} event
 */
function outside(dialog, event) {
  const box = dialog.getBoundingClientRect();
  return event.clientX < box.left || event.clientX > box.right || event.clientY < box.top || event.clientY > box.bottom;
}
