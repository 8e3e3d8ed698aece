// The plan that sends messages, and the wallet that pays for them.

import { $, money } from './dom.js';

const WHAT = 'You are told when something begins to run low, and your customers when it is back.';

const day = (iso) => new Date(iso).toLocaleDateString('en-GB', { day: 'numeric', month: 'long' });

const STATES = {
  paid: ({ trial_ends_at: trial, next_payment_at: next }) => (trial && new Date(trial) >= new Date(next ?? 0)
    ? { badge: ['Trial', 'success'], note: `Free until ${day(trial)}, then paid every month. Cancel it in Settings → Billing.` }
    : { badge: ['Active', 'success'], note: next ? `Paid again on ${day(next)}. Cancel it in Settings → Billing.` : 'It ends with this period.' }),
  frozen: () => ({ badge: ['Payment failed', 'danger'], note: 'Nothing goes out until the payment arrives. It is tried again; look at Settings → Billing.' }),
  pending: () => ({ badge: ['Waits for you', 'warning'] }),
};

/** Shows the plan and how to get it. */
export function showPlan(plan) {
  const { status, price, currency, confirmation_url: url, trial_days: trial } = plan;
  const state = STATES[status === 'pending' && !url ? 'none' : status]?.(plan) ?? {};
  const has = status === 'paid' || status === 'frozen';
  $('plan').hidden = false;
  $('plan').dataset.testid = 'app-plan';
  $('plan').dataset.status = status;
  $('plan-text').textContent = WHAT;
  $('plan-badge').hidden = !state.badge;
  [$('plan-badge').textContent, $('plan-badge').className] = [state.badge?.[0] ?? '', `badge ${state.badge?.[1] ?? ''}`];
  $('plan-buy').hidden = has;
  $('plan-buy').textContent = url ? 'Continue' : `Start for ${money(price, currency)} a month`;
  $('plan-note').textContent = state.note ?? `The first ${trial} days are free, once. Each message is paid from the wallet.`;
}

/** Shows how the wallet is filled. */
export function showTopup({ price, currency, confirmation_url: url }) {
  $('wallet-buy').textContent = url ? `Continue with ${money(price, currency)}` : `Top up ${money(price, currency)}`;
}
