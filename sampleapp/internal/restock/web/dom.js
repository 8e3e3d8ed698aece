// Elements of the page. Everything from data goes in as text, never as markup.

/** @param {string} id */
export const $ = (id) => document.getElementById(id);

/** Makes an element with text, class, data attributes and children. */
export function el(tag, { text, className, data, dateTime } = {}, ...children) {
  const node = document.createElement(tag);
  if (text !== undefined) node.textContent = text;
  if (className) node.className = className;
  if (dateTime) node.setAttribute('datetime', dateTime);
  Object.assign(node.dataset, data);
  node.append(...children);
  return node;
}

export const badge = (text, hue = '') => el('span', { text, className: `badge ${hue}` });

export function money(amount, currency) {
  const text = Number(amount).toLocaleString('en', { minimumFractionDigits: 2, maximumFractionDigits: 2 });
  return currency === 'BDT' ? `৳ ${text}` : `${text} ${currency}`;
}

export function time(iso) {
  const text = new Date(iso).toLocaleString('en-GB', { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit', second: '2-digit' });
  return el('time', { text, dateTime: iso });
}

/** A product with its variant, which small products do not have. */
export function item({ name, variant_name: variant, sku_code: code }, hint = variant) {
  const small = [hint === 'Default' ? '' : hint, code].filter(Boolean).join(' · ');
  return [el('span', { text: name, className: 'strong' }), el('span', { text: small, className: 'meta below' })];
}

/** A small button beside a line. */
export function plainButton(text) {
  const button = el('button', { text, className: 'button plain small' });
  button.type = 'button';
  return button;
}

/** Has the browser save a text as a file. */
export function save(name, type, text) {
  const address = URL.createObjectURL(new Blob([text], { type: `${type};charset=utf-8` }));
  const link = el('a');
  link.href = address;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 60 * 1000);
}

/** Keeps a button busy while an action runs. */
export function onPress(button, action) {
  button.addEventListener('click', async () => {
    button.disabled = true;
    await action();
    button.disabled = false;
  });
}
