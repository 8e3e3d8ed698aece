// Shows developers where on a page extensions may stand, each place with the
// name of its target. It holds for this tab.
const KEY = 'show-slots';

const choice = document.querySelector('[data-show-slots]');

function show(on) {
  document.body.toggleAttribute('data-slots', on);
}

if (choice instanceof HTMLInputElement) {
  if (choice.checked) sessionStorage.setItem(KEY, 'on'); // switched on before this ran
  choice.checked = sessionStorage.getItem(KEY) === 'on';
  show(choice.checked);
  choice.addEventListener('change', () => {
    sessionStorage.setItem(KEY, choice.checked ? 'on' : '');
    show(choice.checked);
  });
}
