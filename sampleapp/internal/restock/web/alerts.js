// Who is told what: the waiting list, what it costs, what is held up, and the
// settings.

import { $, badge, el, money, onPress, plainButton, save, time } from './dom.js';

const STATUSES = {
  waiting: ['Waits', ''],
  due: ['About to be told', 'info'],
  held: ['Held', 'warning'],
  paid: ['About to be told', 'info'],
  sent: ['Sent', 'info'],
  delivered: ['Told', 'success'],
  failed: ['Not reached', 'danger'],
};

const CHANNELS = { sms: 'SMS', email: 'Email' };

const removable = (message) => ['waiting', 'due', 'held'].includes(message.status);

function messageItem(message, remove) {
  const [word, hue] = STATUSES[message.status];
  const who = message.kind === 'low' ? 'You' : message.recipient;
  const about = message.kind === 'low' ? `${message.product} runs low` : message.product;
  const line = el('li', { className: 'line', data: { testid: 'app-message', status: message.status, recipient: message.recipient, kind: message.kind } },
    el('div', {},
      el('div', { className: 'event-line' }, el('span', { text: who, className: 'strong clip' }), badge(word, hue)),
      el('div', { text: about }),
      el('div', { className: 'meta', text: message.error }),
      el('div', { className: 'meta' }, `${CHANNELS[message.channel]}, `, time(message.changed_at))));
  if (removable(message)) {
    const button = plainButton('Remove');
    button.setAttribute('aria-label', `Remove ${who}: ${about}`);
    onPress(button, () => remove(message.message_id));
    line.append(button);
  }
  return line;
}

/** What is held up, and what helps. */
function showHeld({ for_plan: plan, for_wallet: wallet, price }, balance) {
  const many = plan + wallet;
  $('held').hidden = many === 0;
  if (!many) return;
  const [messages, go] = many === 1 ? ['1 message waits', 'it goes out'] : [`${many} messages wait`, 'they go out'];
  $('held').dataset.testid = 'app-held';
  $('held').dataset.heldFor = plan ? 'plan' : 'wallet';
  $('held-title').textContent = plan ? `${messages} for the alerts plan` : `${messages} for the wallet`;
  $('held-text').textContent = plan
    ? `Start the plan, and ${go}.`
    : `The wallet has ${money(balance, 'BDT')}, and ${money(price, 'BDT')} are needed. Top it up, and ${go}.`;
  $('held-buy').textContent = plan ? 'Start the plan' : 'Top up';
  $('held-buy').dataset.product = plan ? 'plan' : 'wallet';
}

function disclosureItem(request, end) {
  const download = plainButton('Download');
  download.addEventListener('click', () => save(`customer-${request.customer_id}.json`, 'application/json', JSON.stringify(request.content, null, 2)));
  const done = plainButton('Done');
  onPress(done, () => end(request.event_id));
  const many = request.content.length;
  return el('li', { className: 'line', data: { testid: 'app-disclosure' } },
    el('div', {},
      el('span', { text: `Customer ${request.customer_id}`, className: 'strong' }),
      el('div', { className: 'meta' }, many ? `${many} ${many === 1 ? 'entry' : 'entries'}, asked ` : 'Nothing is kept, asked ', time(request.requested_at))),
    el('div', { className: 'buttons' }, ...(many ? [download] : []), done));
}

/**
 * Shows messages, wallet and settings.
 *
 * @param {object} alerts the backend's answer
 * @param {{remove: (id: number) => Promise<void>, end: (id: string) => Promise<void>}} actions
 */
export function showAlerts(alerts, actions) {
  const { messages, settings } = alerts;
  const waits = messages.filter((message) => message.kind === 'back' && removable(message)).length;
  $('waiting-count').textContent = waits ? `${waits} ${waits === 1 ? 'waits' : 'wait'}` : '';
  $('messages-wait').hidden = true;
  $('messages-empty').hidden = messages.length > 0;
  $('messages').replaceChildren(...messages.map((message) => messageItem(message, actions.remove)));
  showHeld(alerts.held, alerts.balance);
  $('wallet').dataset.testid = 'app-wallet';
  $('wallet').dataset.balance = Number(alerts.balance).toFixed(2);
  $('wallet-balance').textContent = money(alerts.balance, 'BDT');
  $('wallet-sms').textContent = money(alerts.sms_price, 'BDT');
  $('wallet-email').textContent = money(alerts.email_price, 'BDT');
  $('disclosures-card').hidden = alerts.disclosures.length === 0;
  $('disclosures').replaceChildren(...alerts.disclosures.map((request) => disclosureItem(request, actions.end)));
  showSettings(settings);
}

function showSettings({ threshold, tell_merchant: tell, products }) {
  const form = $('settings-form');
  const own = Object.keys(products ?? {}).length;
  $('settings-note').textContent = own ? `${own} ${own === 1 ? 'product has' : 'products have'} a number of their own, set on the product’s page.` : 'A product can have a number of its own, set on its page.';
  if (form.contains(document.activeElement)) return; // somebody is at it
  $('set-threshold').value = threshold;
  $('set-tell').checked = tell;
}

/** Offers what is sold out to be waited for. */
export function showSoldOut(low) {
  const out = low.filter((variant) => variant.quantity <= 0);
  const select = $('wait-sku');
  const chosen = select.value;
  $('wait-form').hidden = out.length === 0;
  select.replaceChildren(...out.map((variant) => {
    const name = variant.variant_name === 'Default' ? variant.name : `${variant.name}, ${variant.variant_name}`;
    const option = el('option', { text: name, data: { productId: variant.product_id } });
    option.value = variant.sku_id;
    return option;
  }));
  if (out.some((variant) => String(variant.sku_id) === chosen)) select.value = chosen;
}

/** Takes the store's data off the page. */
export function clearAlerts() {
  for (const list of ['messages', 'disclosures', 'wait-sku']) $(list).replaceChildren();
  for (const part of ['held', 'disclosures-card', 'wait-form']) $(part).hidden = true;
}

/** Has a form act, and say what is wrong with it next to its fields. */
function onSubmit(form, wrong, act) {
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    const button = form.querySelector('button');
    button.disabled = true;
    wrong.hidden = true;
    try {
      await act();
    } catch (error) {
      wrong.textContent = error.message;
      wrong.hidden = false;
    }
    button.disabled = false;
  });
}

/** @param {(wait: {product_id: number, sku_id: number, recipient: string}) => Promise<void>} act */
export function onWait(act) {
  onSubmit($('wait-form'), $('wait-wrong'), async () => {
    const { value, selectedOptions: [option] } = $('wait-sku');
    await act({ product_id: Number(option.dataset.productId), sku_id: Number(value), recipient: $('wait-recipient').value });
    $('wait-recipient').value = '';
  });
}

/** @param {(settings: {threshold: number, tell_merchant: boolean}) => Promise<void>} act */
export function onSettings(act) {
  $('settings-form').addEventListener('input', () => { $('settings-saved').textContent = ''; });
  onSubmit($('settings-form'), $('settings-wrong'), async () => {
    await act({ threshold: $('set-threshold').valueAsNumber, tell_merchant: $('set-tell').checked });
    $('settings-saved').textContent = 'Saved';
  });
}
