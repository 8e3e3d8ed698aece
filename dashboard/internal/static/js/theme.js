// The colours chosen in the account menu, at once and for a year. The server
// reads the cookie, so that no page flashes in the other colours first.
for (const choice of document.querySelectorAll('input[name="theme"]')) {
  choice.addEventListener('change', () => {
    const { value } = /** @type {HTMLInputElement} */ (choice);
    if (value) document.documentElement.dataset.theme = value;
    else delete document.documentElement.dataset.theme;
    const secure = location.protocol === 'https:' ? '; secure' : '';
    document.cookie = `theme=${value}; path=/; samesite=lax; max-age=${value ? 31_536_000 : 0}${secure}`;
  });
}
