CREATE TABLE subscription (
  id              {{id}},
  app_id          {{int}} REFERENCES app (id),
  installation_id {{int}} REFERENCES installation (id),
  store_id        {{int}} NOT NULL REFERENCES store (id),
  topic           TEXT NOT NULL,
  target_url      TEXT NOT NULL,
  secret          {{blob}}, -- sealed; NULL: signed with the app's webhook secret
  name            TEXT,
  is_active       {{int}} NOT NULL,
  failure_count   {{int}} NOT NULL,
  last_success_ms {{int}},
  last_failure_ms {{int}},
  created_ms      {{int}} NOT NULL,
  deleted_ms      {{int}}
);
CREATE INDEX subscription_store ON subscription (store_id, topic);
CREATE INDEX subscription_installation ON subscription (installation_id);

-- One event on its way to one subscription. A farewell delivery holds the
-- target and the secret itself and starts once the delivery before it has had
-- its first attempt.
CREATE TABLE delivery (
  id              {{id}},
  event_id        TEXT NOT NULL REFERENCES event (event_id),
  topic           TEXT NOT NULL,
  subscription_id {{int}} REFERENCES subscription (id),
  installation_id {{int}} REFERENCES installation (id),
  app_id          {{int}} REFERENCES app (id),
  store_id        {{int}} NOT NULL REFERENCES store (id),
  target_url      TEXT NOT NULL,
  secret          {{blob}} NOT NULL, -- sealed, as it was when the event happened
  farewell        {{int}} NOT NULL,
  after_id        {{int}} REFERENCES delivery (id),
  status          TEXT NOT NULL,
  attempt_count   {{int}} NOT NULL,
  next_attempt_ms {{int}}, -- business time
  claimed_ms      {{int}}, -- machine time; an attempt is in flight
  created_ms      {{int}} NOT NULL,
  updated_ms      {{int}} NOT NULL,
  UNIQUE (event_id, subscription_id)
);
CREATE INDEX delivery_store ON delivery (store_id, id);
CREATE INDEX delivery_open ON delivery (id) WHERE status IN ('pending', 'retrying');
CREATE INDEX delivery_installation ON delivery (installation_id);
CREATE INDEX delivery_after ON delivery (after_id) WHERE after_id IS NOT NULL;

CREATE TABLE delivery_attempt (
  id              TEXT PRIMARY KEY, -- the X-SeloraX-Delivery-Id it carried
  delivery_id     {{int}} NOT NULL REFERENCES delivery (id),
  number          {{int}} NOT NULL,
  started_ms      {{int}} NOT NULL, -- business time
  duration_ms     {{int}} NOT NULL,
  request_headers TEXT NOT NULL,    -- JSON
  response_status {{int}},
  response_headers TEXT,            -- JSON
  response_body   {{blob}},
  error           TEXT
);
CREATE INDEX delivery_attempt_delivery ON delivery_attempt (delivery_id, number);
