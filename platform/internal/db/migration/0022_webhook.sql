-- Subscriptions: what a merchant lets one see, a secret that replaces the
-- current one when its time comes, and since when and why one is inactive.
ALTER TABLE subscription ADD COLUMN permissions TEXT;         -- JSON array; NULL: made by an app, or not narrowed
ALTER TABLE subscription ADD COLUMN next_secret {{blob}};     -- sealed; signs beside secret, and instead of it from
ALTER TABLE subscription ADD COLUMN next_secret_ms {{int}};   -- this instant of business time on
ALTER TABLE subscription ADD COLUMN deactivated_ms {{int}};
ALTER TABLE subscription ADD COLUMN deactivation_reason TEXT; -- dead_deliveries | gone | paused

-- Deliveries are made anew: one that was sent again has a row of its own with
-- the same event and subscription, which the old table did not allow.
CREATE TABLE delivery_next (
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
  after_id        {{int}} REFERENCES delivery_next (id),
  status          TEXT NOT NULL,
  attempt_count   {{int}} NOT NULL,
  next_attempt_ms {{int}}, -- business time; NULL: finished, or waits for after_id
  claimed_ms      {{int}}, -- machine time; an attempt is in flight
  claimed_by      {{int}}, -- the process that makes it
  test            {{int}} NOT NULL DEFAULT 0, -- asked for by hand: one attempt, which counts for nothing
  resent_from     {{int}} NOT NULL DEFAULT 0, -- the delivery that this one repeats; 0: none
  created_ms      {{int}} NOT NULL,
  updated_ms      {{int}} NOT NULL
);
INSERT INTO delivery_next (id, event_id, topic, subscription_id, installation_id, app_id, store_id, target_url, secret, farewell,
    after_id, status, attempt_count, next_attempt_ms, claimed_ms, claimed_by, created_ms, updated_ms)
  SELECT id, event_id, topic, subscription_id, installation_id, app_id, store_id, target_url, secret, farewell,
    after_id, status, attempt_count, next_attempt_ms, claimed_ms, claimed_by, created_ms, updated_ms FROM delivery ORDER BY id;

CREATE TABLE delivery_attempt_next (
  id               TEXT PRIMARY KEY, -- the X-SeloraX-Delivery-Id it carried
  delivery_id      {{int}} NOT NULL REFERENCES delivery_next (id),
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
INSERT INTO delivery_attempt_next SELECT id, delivery_id, number, started_ms, duration_ms, request_headers,
  response_status, response_headers, response_body, error FROM delivery_attempt;

DROP TABLE delivery_attempt;
DROP TABLE delivery;
ALTER TABLE delivery_next RENAME TO delivery;
ALTER TABLE delivery_attempt_next RENAME TO delivery_attempt;

CREATE UNIQUE INDEX delivery_once ON delivery (event_id, subscription_id) WHERE resent_from = 0;
CREATE INDEX delivery_event ON delivery (event_id);
CREATE INDEX delivery_subscription ON delivery (subscription_id, id);
CREATE INDEX delivery_store ON delivery (store_id, id);
CREATE INDEX delivery_app ON delivery (store_id, app_id, id);
CREATE INDEX delivery_due ON delivery (next_attempt_ms) WHERE status IN ('pending', 'retrying');
CREATE INDEX delivery_claimed ON delivery (claimed_ms);
CREATE INDEX delivery_installation ON delivery (installation_id, id) WHERE status IN ('pending', 'retrying');
CREATE INDEX delivery_after ON delivery (after_id);
