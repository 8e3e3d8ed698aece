-- Where the business clock stands: one row.
CREATE TABLE clock (
  id        {{int}} PRIMARY KEY CHECK (id = 1),
  offset_ms {{int}} NOT NULL,
  frozen_ms {{int}}
);

-- What waits for business time. The loop moves due rows into the queue.
CREATE TABLE timer (
  id       {{id}},
  due_ms   {{int}} NOT NULL,
  kind     TEXT NOT NULL,
  args     TEXT NOT NULL,
  store_id {{int}}
);
CREATE INDEX timer_due ON timer (due_ms, id);

-- What happened. The body is the exact JSON that webhooks carry.
CREATE TABLE event (
  seq        {{id}},
  event_id   TEXT NOT NULL UNIQUE,
  topic      TEXT NOT NULL,
  store_id   {{int}} NOT NULL,
  app_id     {{int}},
  created_ms {{int}} NOT NULL,
  body       {{blob}} NOT NULL,
  fanned_out {{int}} NOT NULL DEFAULT 0
);
CREATE INDEX event_store ON event (store_id, seq);
CREATE INDEX event_waiting ON event (seq) WHERE fanned_out = 0;
