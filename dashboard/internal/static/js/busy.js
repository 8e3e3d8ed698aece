// A form with data-busy shows on its button that it is on its way, and cannot
// be sent twice.
document.addEventListener('submit', (event) => {
  const form = event.target;
  if (!(form instanceof HTMLFormElement) || !form.hasAttribute('data-busy')) return;
  if (form.dataset.busy === 'sent') {
    event.preventDefault();
    return;
  }
  form.dataset.busy = 'sent';
  const button = event.submitter ?? form.querySelector('[type="submit"]');
  button?.setAttribute('aria-busy', 'true');
});

// Back may show the page as it was left.
addEventListener('pageshow', () => {
  for (const form of document.querySelectorAll('form[data-busy="sent"]')) form.dataset.busy = '';
  for (const button of document.querySelectorAll('button[aria-busy]')) button.removeAttribute('aria-busy');
});
