// Components that offer a choice: one of several, a day, a page, an action.
import { asText } from './template.js';
import { list, number, text, yes } from './values.js';
import { h, icon } from './vdom.js';

/** @typedef {import('./render.js').Use} Use */

/** @param {Use} use */
export function RadioGroup(use) {
  const { props, id } = use;
  const help = text(props, 'helpText', 'help', 'description');
  const error = props.error === true ? 'Choose one.' : text(props, 'error');
  const chosen = props.value ?? props.selected;
  const options = list(props.options ?? props.choices).map((option) => (typeof option === 'object' && option
    ? { value: asText(option.value ?? option.label), label: text(option, 'label', 'value'), help: text(option, 'helpText', 'description'), off: yes(option.disabled) }
    : { value: asText(option), label: asText(option), help: '', off: false }));
  return h('fieldset', { class: 'ext-choices', disabled: yes(props.disabled), 'aria-describedby': [help && `${id}-help`, error && `${id}-error`].filter(Boolean).join(' ') || undefined, 'aria-invalid': error ? 'true' : undefined },
    h('legend', {}, text(props, 'label', 'title') || 'Choose one'),
    options.map(({ value, label, help: more, off }, n) => h('div', { class: 'ext-check' },
      h('input', {
        type: 'radio', name: id, id: `${id}-${n}`, value, disabled: off, required: yes(props.required), live: { checked: chosen === undefined ? undefined : asText(chosen) === value },
        on: { change: () => use.run('onChange', value) },
      }),
      h('label', { for: `${id}-${n}` }, label), more && h('p', { class: 'meta' }, more))),
    help && h('p', { class: 'meta', id: `${id}-help` }, help),
    error && h('p', { class: 'field-error', id: `${id}-error`, role: 'alert' }, icon('alert'), error));
}

/** @param {Use} use */
export function ActionMenu(use) {
  const { props } = use;
  const items = list(props.items ?? props.actions).filter((item) => typeof item === 'object' && item);
  const press = (event, item) => {
    event.currentTarget.closest('details').open = false;
    use.act(item.onAction ?? item.action ?? item.onClick);
  };
  return h('details', { class: 'menu ext-menu' },
    h('summary', { class: 'button', 'data-testid': 'ext-menu', 'aria-busy': use.busy ? 'true' : undefined }, text(props, 'label', 'title', 'content') || 'More', icon('chevron-down')),
    h('div', { class: 'menu-list' }, items.map((item) => {
      const label = text(item, 'label', 'content', 'title');
      const link = use.page.link(text(item, 'url', 'href'));
      if (link) return h('a', { class: 'menu-item', ...link }, label);
      return h('button', { type: 'button', class: 'menu-item', disabled: yes(item.disabled), 'data-tone': yes(item.destructive) ? 'danger' : undefined, on: { click: (event) => press(event, item) } }, label);
    })));
}

/** @param {Use} use */
export function Pagination(use) {
  const { props } = use;
  const page = Math.round(number(props.page, 1, 1e9, 1));
  const pages = Math.round(number(props.totalPages ?? props.total_pages ?? props.pages, 0, 1e9, 0));
  const more = { previous: props.hasPrevious === undefined ? page > 1 : yes(props.hasPrevious), next: props.hasNext === undefined ? page < pages : yes(props.hasNext) };
  const step = (event, to) => use.run(use.has(event) ? event : 'onChange', to);
  const button = (word, there, event, to, symbol) => h('button', { type: 'button', class: 'button', disabled: !there || use.busy, on: { click: () => step(event, to) } }, symbol === 'chevron-left' && icon(symbol), word, symbol === 'chevron-right' && icon(symbol));
  return h('nav', { class: 'ext-row', 'data-gap': 'sm', 'data-wrap': true, 'aria-label': text(props, 'label') || 'Pages' },
    button('Previous', more.previous, 'onPrevious', page - 1, 'chevron-left'),
    h('p', { class: 'meta' }, pages ? `${page} of ${pages}` : `Page ${page}`),
    button('Next', more.next, 'onNext', page + 1, 'chevron-right'));
}
