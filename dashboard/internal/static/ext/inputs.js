// Components that people fill in. A change runs set_state and what the
// extension's own script handles with every key typed, and everything else once
// the field is left, so that no app is called for each letter.
import { asText } from './template.js';
import { list, number, oneOf, text, yes } from './values.js';
import { h, icon } from './vdom.js';

/** @typedef {import('./render.js').Use} Use */

const TYPES = ['text', 'email', 'number', 'tel', 'url', 'search', 'password', 'date', 'time'];
const LOCAL = (action) => action.type === 'set_state' || action.type === 'event';
const OUTSIDE = (action) => !LOCAL(action);

/** What surrounds a control: its label, help and error. */
function field({ props, id }, control, { after = false } = {}) {
  const help = text(props, 'helpText', 'help', 'description');
  const error = props.error === true ? 'Check this field.' : text(props, 'error');
  const label = h('label', { for: id, key: 'label', class: props.labelHidden === true && 'hidden-label' }, text(props, 'label', 'title') || text(props, 'placeholder', 'name') || 'Field', yes(props.required) && h('span', { class: 'meta' }, ' required'));
  Object.assign(control.attrs, {
    id, required: yes(props.required), disabled: yes(props.disabled), 'aria-invalid': error ? 'true' : undefined,
    'aria-describedby': [help && `${id}-help`, error && `${id}-error`].filter(Boolean).join(' ') || undefined,
  });
  return h('div', { class: after ? 'ext-check' : 'field' }, after ? [control, label] : [label, control],
    help && h('p', { class: 'meta', id: `${id}-help`, key: 'help' }, help),
    error && h('p', { class: 'field-error', id: `${id}-error`, key: 'error', role: 'alert' }, icon('alert'), error));
}

const typing = (use) => ({
  input: (event) => use.run('onChange', event.target.value, LOCAL),
  change: (event) => use.run('onChange', event.target.value, OUTSIDE),
  blur: (event) => use.run('onBlur', event.target.value),
});

const given = (value) => (value === undefined ? undefined : asText(value));

/** @param {Use} use */
export function TextField(use) {
  const { props } = use;
  if (yes(props.multiline)) return TextArea(use);
  return field(use, h('input', {
    key: 'control', class: 'input', type: oneOf(props.type, TYPES, 'text'), placeholder: text(props, 'placeholder'), maxlength: number(props.maxLength, 1, 1e5, 0) || undefined,
    min: given(props.min), max: given(props.max), step: given(props.step), readonly: yes(props.readOnly), autocomplete: 'off', live: { value: given(props.value) }, on: typing(use),
  }));
}

/** @param {Use} use */
export const DatePicker = (use) => field(use, h('input', {
  key: 'control', class: 'input', type: 'date', min: given(use.props.min), max: given(use.props.max), readonly: yes(use.props.readOnly),
  live: { value: given(use.props.value ?? use.props.selected) }, on: { change: (event) => use.run('onChange', event.target.value), blur: (event) => use.run('onBlur', event.target.value) },
}));

/** @param {Use} use */
export function TextArea(use) {
  const { props } = use;
  return field(use, h('textarea', {
    key: 'control', class: 'input', rows: Math.round(number(props.rows, 2, 20, 3)), placeholder: text(props, 'placeholder'),
    maxlength: number(props.maxLength, 1, 1e5, 0) || undefined, live: { value: given(props.value) }, on: typing(use),
  }));
}

/** @param {Use} use */
export function Select(use) {
  const { props } = use;
  const options = list(props.options).map((option) => (typeof option === 'object' && option
    ? { value: asText(option.value ?? option.label), label: text(option, 'label', 'value') } : { value: asText(option), label: asText(option) }));
  const placeholder = text(props, 'placeholder');
  return field(use, h('select', {
    key: 'control', class: 'input', live: { value: given(props.value ?? props.selected) }, on: { change: (event) => use.run('onChange', event.target.value) },
  }, placeholder && h('option', { value: '' }, placeholder), options.map(({ value, label }) => h('option', { value }, label))));
}

const ticked = (role) => (use) => {
  const checked = use.props.checked ?? use.props.value;
  return field(use, h('input', {
    key: 'control', type: 'checkbox', role, class: role && 'ext-switch', live: { checked: checked === undefined ? undefined : yes(checked) },
    on: { change: (event) => use.run('onChange', event.target.checked) },
  }), { after: true });
};

export const Checkbox = ticked(undefined);
export const Toggle = ticked('switch');
