CREATE TABLE subscription (
  id              {{id}},
  app_id          {{int}} REFERENCES app (id),          -- NULL: made by the merchant
  installation_id {{int}} REFERENCES installation (id),
  store_id        {{int}} NOT NULL REFERENCES store (id),
  topic           TEXT NOT NULL,
  target_url      TEXT NOT NULL,
  secret          {{blob}}, -- sealed; NULL: signed with the app's webhook secret
  name            TEXT,
  is_active       {{int}} NOT NULL,
  failure_count   {{int}} NOT NULL, -- dead deliveries in a row
  last_success_ms {{int}},
  last_failure_ms {{int}},
  created_ms      {{int}} NOT NULL,
  deleted_ms      {{int}}
);
CREATE INDEX subscription_store ON subscription (store_id, topic);
CREATE INDEX subscription_installation ON subscription (installation_id);

-- One event on its way to one target. A farewell delivery holds the secret
-- itself, because it outlives its subscription, and starts once the delivery
-- it comes after has had its first attempt.
CREATE TABLE delivery (
  id              {{id}},
  event_id        TEXT NOT NULL REFERENCES event (event_id),
  topic           TEXT NOT NULL,
  subscription_id {{int}} REFERENCES subscription (id),
  installation_id {{int}} REFERENCES installation (id),
  app_id          {{int}} REFERENCES app (id),
  store_id        {{int}} NOT NULL REFERENCES store (id),
  target_url      TEXT NOT NULL,
  secret          {{blob}}, -- sealed; set for farewell deliveries only
  farewell        {{int}} NOT NULL,
  after_id        {{int}} REFERENCES delivery (id),
  status          TEXT NOT NULL,
  attempt_count   {{int}} NOT NULL,
  next_attempt_ms {{int}}, -- business time; NULL: finished, or waits for after_id
  claimed_ms      {{int}}, -- machine time; an attempt is in flight
  created_ms      {{int}} NOT NULL,
  updated_ms      {{int}} NOT NULL,
  UNIQUE (event_id, subscription_id)
);
CREATE INDEX delivery_store ON delivery (store_id, id);
CREATE INDEX delivery_app ON delivery (store_id, app_id, id);
CREATE INDEX delivery_due ON delivery (next_attempt_ms) WHERE status IN ('pending', 'retrying');
CREATE INDEX delivery_claimed ON delivery (id) WHERE claimed_ms IS NOT NULL;
CREATE INDEX delivery_installation ON delivery (installation_id, id) WHERE status IN ('pending', 'retrying');
CREATE INDEX delivery_after ON delivery (after_id) WHERE after_id IS NOT NULL;

-- One POST of a delivery.
CREATE TABLE delivery_attempt (
  id               TEXT PRIMARY KEY, -- the X-SeloraX-Delivery-Id it carried
  delivery_id      {{int}} NOT NULL REFERENCES delivery (id),
  number           {{int}} NOT NULL, -- from 1
  started_ms       {{int}} NOT NULL, -- business time
  duration_ms      {{int}} NOT NULL,
  request_headers  TEXT NOT NULL,    -- JSON
  response_status  {{int}},
  response_headers TEXT,             -- JSON
  response_body    {{blob}},         -- its first 20,000 bytes
  error            TEXT,
  UNIQUE (delivery_id, number)
);
