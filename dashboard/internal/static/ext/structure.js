// Components that divide what they hold: pages, sections, folds and tabs. Folds
// and tabs are opened by people; what a tree says counts when it changes.
import { asText } from './template.js';
import { list, oneOf, text, yes } from './values.js';
import { h, icon } from './vdom.js';

/** @typedef {import('./render.js').Use} Use */

/** Actions of a page's head: buttons, or links where they have an address. */
function headAction(use, given, look) {
  const label = text(given, 'content', 'label', 'title', 'text');
  const link = use.page.link(text(given, 'url', 'href'));
  if (link) return h('a', { class: `button${look}`, ...link }, label);
  return h('button', { type: 'button', class: `button${look}`, disabled: yes(given.disabled), 'data-testid': 'ext-button', on: { click: () => use.act(given.onAction ?? given.action ?? given.onClick) } }, label);
}

const given = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);

/** @param {Use} use */
export function Page(use) {
  const { props, children } = use;
  const subtitle = text(props, 'subtitle');
  const actions = [
    ...list(props.secondaryActions).filter(given).map((action) => headAction(use, action, '')),
    ...(given(props.primaryAction) ? [headAction(use, props.primaryAction, ' button-primary')] : []),
  ];
  return h('div', { class: 'ext-column', 'data-gap': 'lg' },
    h('div', { class: 'ext-page-head' },
      h('div', {}, text(props, 'title') && h('h3', { class: 'ext-heading', 'data-level': '2' }, text(props, 'title')), subtitle && h('p', { class: 'meta' }, subtitle)),
      actions.length > 0 && h('div', { class: 'ext-row', 'data-gap': 'sm', 'data-wrap': true }, actions)),
    children);
}

/** @param {Use} use */
export const Layout = ({ children }) => h('div', { class: 'ext-layout-room' }, h('div', { class: 'ext-layout' }, children));

/** @param {Use} use */
export function LayoutSection({ props, children, id }) {
  const width = yes(props.oneThird) ? 'third' : yes(props.oneHalf) ? 'half' : yes(props.fullWidth) ? 'full' : 'most';
  const title = text(props, 'title');
  const words = text(props, 'description');
  return h('div', { class: 'ext-column', role: title && 'group', 'data-gap': 'sm', 'data-width': width, 'aria-labelledby': title && `${id}-title` },
    title && h('h3', { class: 'ext-title', id: `${id}-title` }, title), words && h('p', { class: 'meta' }, words), children);
}

function fold({ title, open, name = undefined }, children) {
  return h('details', { class: 'ext-fold', name, live: { open } },
    h('summary', {}, title || 'More', icon('chevron-down')), h('div', { class: 'ext-column ext-fold-body', 'data-gap': 'sm' }, children));
}

const opened = (value) => (value === undefined ? undefined : yes(value));

/** @param {Use} use */
export const Collapsible = ({ props, children }) => fold({ title: text(props, 'title', 'label', 'heading'), open: opened(props.open) }, children);

/** @param {Use} use */
export function Accordion({ props, children, id }) {
  const name = props.multiple === false ? id : undefined;
  const items = list(props.items).filter(given).map((item) => fold({ title: text(item, 'title', 'label', 'heading'), open: opened(item.open), name }, [h('p', {}, text(item, 'content', 'text', 'description'))]));
  return h('div', { class: 'ext-folds' }, items, children);
}

/** Shows one of the tabs of an element that is drawn. */
function choose(root, n) {
  root.querySelectorAll(':scope > .tabs > [role=tab]').forEach((tab, m) => Object.assign(tab, { ariaSelected: String(m === n), tabIndex: m === n ? 0 : -1 }));
  root.querySelectorAll(':scope > [role=tabpanel]').forEach((panel, m) => { panel.hidden = m !== n; });
}

const STEPS = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: 1, ArrowUp: -1 };

/** @param {Use} use */
export function Tabs(use) {
  const { props, children, id } = use;
  const tabs = list(props.tabs ?? props.items).map((tab) => (given(tab) ? { value: asText(tab.id ?? tab.value ?? tab.key), label: text(tab, 'label', 'content', 'title') } : { value: asText(tab), label: asText(tab) }));
  const wanted = props.selected ?? props.value;
  const known = tabs.findIndex(({ value }) => value !== '' && value === asText(wanted));
  const at = known >= 0 ? known : Math.min(Math.max(0, Number.parseInt(asText(wanted), 10) || 0), Math.max(0, tabs.length - 1));
  const press = (event, n) => {
    choose(event.currentTarget.closest('.ext-tabs'), n);
    use.run('onChange', tabs[n].value || n);
  };
  const keys = (event) => {
    const buttons = [...event.currentTarget.querySelectorAll('[role=tab]')];
    const step = STEPS[event.key];
    const from = buttons.indexOf(event.target);
    if (!step || from < 0) return;
    event.preventDefault();
    const next = buttons[(from + step + buttons.length) % buttons.length];
    next.focus();
    next.click();
  };
  return h('div', { class: 'ext-tabs' },
    h('div', { class: 'tabs', role: 'tablist', 'aria-label': text(props, 'label', 'title') || 'Parts', on: { keydown: keys } }, tabs.map(({ label }, n) => h('button', {
      type: 'button', role: 'tab', id: `${id}-tab-${n}`, 'aria-controls': `${id}-panel-${n}`, live: { ariaSelected: String(n === at), tabIndex: n === at ? 0 : -1 }, on: { click: (event) => press(event, n) },
    }, label))),
    tabs.map((_, n) => h('div', { class: 'ext-column', 'data-gap': 'sm', role: 'tabpanel', id: `${id}-panel-${n}`, 'aria-labelledby': `${id}-tab-${n}`, live: { hidden: n !== at } }, children[n] ?? [])));
}

/** @param {Use} use */
export function Tooltip({ props, children, id }) {
  const words = text(props, 'content', 'text', 'label');
  return h('span', { class: 'ext-tooltip', tabindex: '0', 'aria-describedby': words && id }, children.length ? children : icon('info'), words && h('span', { role: 'tooltip', id }, words));
}

const SIZES = { sm: 24, small: 24, md: 32, medium: 32, lg: 40, large: 40 };

/** @param {Use} use */
export function Avatar({ props, page }) {
  const name = text(props, 'name', 'label', 'alt');
  const size = SIZES[oneOf(props.size, Object.keys(SIZES), 'md')];
  const picture = page.picture(text(props, 'source', 'src', 'url', 'image'));
  if (picture) return h('img', { class: 'ext-avatar', src: picture, alt: name, width: size, height: size });
  const initials = text(props, 'initials') || name.split(/\s+/).map((part) => part.slice(0, 1)).join('');
  return h('span', { class: 'initial ext-avatar', role: 'img', 'aria-label': name || 'Somebody', style: { width: `${size}px`, height: `${size}px` } }, initials.slice(0, 2).toUpperCase() || '?');
}
