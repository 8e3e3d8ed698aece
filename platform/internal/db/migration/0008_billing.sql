CREATE TABLE charge (
  id              {{id}},
  app_id          {{int}} NOT NULL REFERENCES app (id),
  store_id        {{int}} NOT NULL REFERENCES store (id),
  installation_id {{int}} NOT NULL REFERENCES installation (id),
  type            TEXT NOT NULL,
  name            TEXT NOT NULL,
  description     TEXT NOT NULL,
  amount_minor    {{int}} NOT NULL, -- what the merchant pays
  base_minor      {{int}} NOT NULL, -- the app's price
  currency        TEXT NOT NULL,
  fee_payer       TEXT NOT NULL,
  commission_ppm  {{int}} NOT NULL,
  platform_minor  {{int}} NOT NULL,
  gateway_ppm     {{int}} NOT NULL,
  gateway_minor   {{int}} NOT NULL,
  developer_minor {{int}} NOT NULL CHECK (developer_minor >= 0),
  status          TEXT NOT NULL,
  return_url      TEXT,
  metadata        TEXT, -- a JSON object, as it came
  cancel_reason   TEXT,
  idempotency_key TEXT,
  content_hash    TEXT NOT NULL, -- tells a repeat from another charge with the same key
  created_ms      {{int}} NOT NULL,
  expires_ms      {{int}} NOT NULL,
  approved_ms     {{int}},
  activated_ms    {{int}},
  completed_ms    {{int}},
  declined_ms     {{int}},
  cancelled_ms    {{int}},
  expired_ms      {{int}},
  updated_ms      {{int}} NOT NULL,
  UNIQUE (installation_id, idempotency_key)
);
CREATE INDEX charge_store ON charge (store_id, created_ms, id);
CREATE INDEX charge_installation ON charge (installation_id, status);
CREATE INDEX charge_expiry ON charge (expires_ms) WHERE status = 'pending';

CREATE TABLE charge_entry (
  id         {{id}},
  charge_id  {{int}} NOT NULL REFERENCES charge (id),
  kind       TEXT NOT NULL,
  message    TEXT NOT NULL,
  created_ms {{int}} NOT NULL
);
CREATE INDEX charge_entry_charge ON charge_entry (charge_id, id);

-- Double entry: the postings of a movement sum to zero.
CREATE TABLE ledger_movement (
  id         {{id}},
  kind       TEXT NOT NULL,
  charge_id  {{int}} NOT NULL REFERENCES charge (id),
  created_ms {{int}} NOT NULL
);
CREATE INDEX ledger_movement_charge ON ledger_movement (charge_id);

CREATE TABLE ledger_posting (
  movement_id  {{int}} NOT NULL REFERENCES ledger_movement (id),
  account      TEXT NOT NULL,
  amount_minor {{int}} NOT NULL,
  PRIMARY KEY (movement_id, account)
);
CREATE INDEX ledger_posting_account ON ledger_posting (account);
