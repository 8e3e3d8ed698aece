CREATE TABLE message (
  id           {{id}},
  app_id       {{int}} NOT NULL REFERENCES app (id),
  store_id     {{int}} NOT NULL REFERENCES store (id),
  customer_id  {{int}},
  channel      TEXT NOT NULL,
  recipient    TEXT NOT NULL,
  subject      TEXT,
  body         TEXT NOT NULL,
  segments     {{int}},
  encoding     TEXT,
  metadata     TEXT, -- JSON
  status       TEXT NOT NULL,
  error        TEXT,
  due_ms       {{int}}, -- when the carrier takes its next step; NULL at the end
  created_ms   {{int}} NOT NULL,
  sent_ms      {{int}},
  delivered_ms {{int}},
  failed_ms    {{int}}
);
CREATE INDEX message_app ON message (app_id, store_id, id);
CREATE INDEX message_store ON message (store_id, id);
CREATE INDEX message_due ON message (due_ms) WHERE due_ms IS NOT NULL;
