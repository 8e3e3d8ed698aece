CREATE TABLE app (
  id                 {{id}},
  app_type           TEXT NOT NULL,
  name               TEXT NOT NULL,
  slug               TEXT NOT NULL UNIQUE,
  icon               TEXT NOT NULL,
  description        TEXT NOT NULL,
  short_description  TEXT NOT NULL,
  homepage_url       TEXT,
  app_url            TEXT NOT NULL,
  setup_url          TEXT,
  webhook_url        TEXT,
  webhook_receive_url TEXT,
  webhook_topics     TEXT NOT NULL, -- JSON array
  redirect_urls      TEXT NOT NULL, -- JSON array
  requested_scopes   TEXT NOT NULL, -- comma-separated
  developer_name     TEXT NOT NULL,
  developer_email    TEXT NOT NULL,
  pricing_type       TEXT NOT NULL,
  pricing_minor      {{int}} NOT NULL,
  fee_payer          TEXT NOT NULL,
  commission_ppm     {{int}} NOT NULL,
  category           TEXT NOT NULL,
  review_status      TEXT NOT NULL,
  is_listed          {{int}} NOT NULL,
  is_active          {{int}} NOT NULL,
  client_id          TEXT NOT NULL UNIQUE,
  client_secret_hash TEXT NOT NULL,
  signing_key        {{blob}} NOT NULL, -- sealed
  webhook_secret     {{blob}} NOT NULL, -- sealed
  owner_id           {{int}} REFERENCES account (id),
  created_ms         {{int}} NOT NULL,
  updated_ms         {{int}} NOT NULL,
  deleted_ms         {{int}}
);

-- One row per app and store, for good: a reinstall updates it.
CREATE TABLE installation (
  id             {{id}},
  app_id         {{int}} NOT NULL REFERENCES app (id),
  store_id       {{int}} NOT NULL REFERENCES store (id),
  status         TEXT NOT NULL,
  granted_scopes TEXT NOT NULL,
  installed_by   {{int}} NOT NULL REFERENCES account (id),
  installed_ms   {{int}} NOT NULL,
  uninstalled_ms {{int}},
  reinstalled_ms {{int}},
  redact_due_ms  {{int}}, -- when shop/redact is sent; NULL when it is not owed
  updated_ms     {{int}} NOT NULL,
  UNIQUE (app_id, store_id)
);
CREATE INDEX installation_store ON installation (store_id, status);
CREATE INDEX installation_redaction ON installation (redact_due_ms) WHERE redact_due_ms IS NOT NULL;
