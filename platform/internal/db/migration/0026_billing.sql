-- Subscriptions, usage, wallets and refunds.
ALTER TABLE charge ADD COLUMN billing_interval TEXT;                  -- monthly | yearly; of a recurring charge, as all up to replaces
ALTER TABLE charge ADD COLUMN trial_days       {{int}};
ALTER TABLE charge ADD COLUMN trial_ends_ms    {{int}};
ALTER TABLE charge ADD COLUMN cap_minor        {{int}};               -- of the installation's usage in a calendar month
ALTER TABLE charge ADD COLUMN replaces         {{int}};
ALTER TABLE charge ADD COLUMN anchor_ms        {{int}};               -- when the first period began: every later one is counted from it
ALTER TABLE charge ADD COLUMN period           {{int}} NOT NULL DEFAULT 0; -- the current one; the first is 1, a trial is 0
ALTER TABLE charge ADD COLUMN period_start_ms  {{int}};
ALTER TABLE charge ADD COLUMN period_end_ms    {{int}};
ALTER TABLE charge ADD COLUMN next_payment_ms  {{int}};               -- when it is collected next, or tried again
ALTER TABLE charge ADD COLUMN notice_ms        {{int}};               -- when the app is told of the next payment; NULL: it was
ALTER TABLE charge ADD COLUMN retries          {{int}} NOT NULL DEFAULT 0; -- of the collection that failed
ALTER TABLE charge ADD COLUMN end_reason       TEXT;                  -- set: it ends with its period, for this reason
ALTER TABLE charge ADD COLUMN frozen_ms        {{int}};
ALTER TABLE charge ADD COLUMN paid_minor       {{int}} NOT NULL DEFAULT 0;
ALTER TABLE charge ADD COLUMN payments         {{int}} NOT NULL DEFAULT 0;
ALTER TABLE charge ADD COLUMN refunded_minor   {{int}} NOT NULL DEFAULT 0;
ALTER TABLE charge ADD COLUMN refunded_ms      {{int}};
CREATE UNIQUE INDEX charge_usage ON charge (installation_id, period_end_ms) WHERE type = 'usage' AND status = 'pending';
CREATE INDEX charge_notice ON charge (notice_ms);
CREATE INDEX charge_next_payment ON charge (next_payment_ms);

-- Every collection of a charge.
CREATE TABLE payment (
  id                      {{id}},
  charge_id               {{int}} NOT NULL REFERENCES charge (id),
  number                  {{int}} NOT NULL, -- from 1
  amount_minor            {{int}} NOT NULL,
  base_minor              {{int}} NOT NULL,
  platform_minor          {{int}} NOT NULL,
  gateway_minor           {{int}} NOT NULL,
  developer_minor         {{int}} NOT NULL,
  refunded_minor          {{int}} NOT NULL DEFAULT 0 CHECK (refunded_minor <= amount_minor),
  refunded_platform_minor {{int}} NOT NULL DEFAULT 0,
  refunded_base_minor     {{int}} NOT NULL DEFAULT 0, -- of a top-up: taken from the wallet again
  period_start_ms         {{int}},
  period_end_ms           {{int}},
  created_ms              {{int}} NOT NULL,
  UNIQUE (charge_id, number)
);
INSERT INTO payment (charge_id, number, amount_minor, base_minor, platform_minor, gateway_minor, developer_minor, created_ms)
  SELECT id, 1, amount_minor, base_minor, platform_minor, gateway_minor, developer_minor, activated_ms FROM charge
  WHERE activated_ms IS NOT NULL ORDER BY id;
UPDATE charge SET paid_minor = amount_minor, payments = 1 WHERE activated_ms IS NOT NULL;

CREATE TABLE refund (
  id              {{id}},
  charge_id       {{int}} NOT NULL REFERENCES charge (id),
  payment_id      {{int}} NOT NULL REFERENCES payment (id),
  amount_minor    {{int}} NOT NULL,
  platform_minor  {{int}} NOT NULL,
  developer_minor {{int}} NOT NULL,
  reason          TEXT NOT NULL,
  created_ms      {{int}} NOT NULL
);
CREATE INDEX refund_charge ON refund (charge_id);

-- The test payment method that a store has saved.
CREATE TABLE payment_method (
  store_id      {{int}} PRIMARY KEY REFERENCES store (id),
  behavior      TEXT NOT NULL, -- always_succeeds | always_fails | fails_times
  failures_left {{int}} NOT NULL,
  updated_ms    {{int}} NOT NULL
);

-- What is metered; collected with the charge of its month.
CREATE TABLE usage_charge (
  id              {{id}},
  charge_id       {{int}} NOT NULL REFERENCES charge (id),
  app_id          {{int}} NOT NULL REFERENCES app (id),
  store_id        {{int}} NOT NULL REFERENCES store (id),
  installation_id {{int}} NOT NULL REFERENCES installation (id),
  description     TEXT NOT NULL,
  quantity_milli  {{int}} NOT NULL,
  unit_minor      {{int}} NOT NULL,
  amount_minor    {{int}} NOT NULL,
  platform_minor  {{int}} NOT NULL,
  developer_minor {{int}} NOT NULL,
  metadata        TEXT,
  idempotency_key TEXT,
  content_hash    TEXT NOT NULL,
  created_ms      {{int}} NOT NULL,
  UNIQUE (installation_id, idempotency_key)
);
CREATE INDEX usage_charge_installation ON usage_charge (installation_id, id);
CREATE INDEX usage_charge_charge ON usage_charge (charge_id, id);
CREATE INDEX usage_charge_app ON usage_charge (app_id, created_ms);

CREATE TABLE wallet (
  id            {{id}},
  app_id        {{int}} NOT NULL REFERENCES app (id),
  store_id      {{int}} NOT NULL REFERENCES store (id),
  balance_minor {{int}} NOT NULL DEFAULT 0 CHECK (balance_minor >= 0),
  topup_minor   {{int}} NOT NULL DEFAULT 0,
  spent_minor   {{int}} NOT NULL DEFAULT 0,
  created_ms    {{int}} NOT NULL,
  updated_ms    {{int}} NOT NULL,
  UNIQUE (app_id, store_id)
);
CREATE INDEX wallet_store ON wallet (store_id);

CREATE TABLE wallet_transaction (
  id              {{id}},
  wallet_id       {{int}} NOT NULL REFERENCES wallet (id),
  type            TEXT NOT NULL, -- topup | deduction | refund
  amount_minor    {{int}} NOT NULL,
  balance_minor   {{int}} NOT NULL, -- of the wallet, right after it
  description     TEXT NOT NULL,
  metadata        TEXT,
  charge_id       {{int}} REFERENCES charge (id),
  reversal_of     {{int}} UNIQUE REFERENCES wallet_transaction (id),
  idempotency_key TEXT,
  content_hash    TEXT,
  created_ms      {{int}} NOT NULL,
  UNIQUE (wallet_id, idempotency_key)
);
CREATE INDEX wallet_transaction_wallet ON wallet_transaction (wallet_id, id);

-- Movements are made anew: not each belongs to a charge, and what a movement
-- is for happens once, which its reference sees to.
CREATE TABLE ledger_movement_next (
  id         {{id}},
  kind       TEXT NOT NULL, -- payment | refund | wallet_debit | wallet_reversal
  app_id     {{int}} NOT NULL REFERENCES app (id),
  store_id   {{int}} NOT NULL REFERENCES store (id),
  charge_id  {{int}} REFERENCES charge (id),
  reference  TEXT NOT NULL UNIQUE, -- payment:5:1
  created_ms {{int}} NOT NULL
);
INSERT INTO ledger_movement_next (id, kind, app_id, store_id, charge_id, reference, created_ms)
  SELECT m.id, m.kind, c.app_id, c.store_id, c.id, 'payment:' || c.id || ':1', m.created_ms
  FROM ledger_movement m JOIN charge c ON c.id = m.charge_id ORDER BY m.id;
CREATE TABLE ledger_posting_next (
  movement_id  {{int}} NOT NULL REFERENCES ledger_movement_next (id),
  account      TEXT NOT NULL,
  amount_minor {{int}} NOT NULL,
  PRIMARY KEY (movement_id, account)
);
INSERT INTO ledger_posting_next SELECT movement_id, account, amount_minor FROM ledger_posting;
DROP TABLE ledger_posting;
DROP TABLE ledger_movement;
ALTER TABLE ledger_movement_next RENAME TO ledger_movement;
ALTER TABLE ledger_posting_next RENAME TO ledger_posting;
CREATE INDEX ledger_posting_account ON ledger_posting (account, movement_id, amount_minor);
CREATE INDEX ledger_movement_app ON ledger_movement (app_id, created_ms, id);
CREATE INDEX ledger_movement_store ON ledger_movement (store_id);
