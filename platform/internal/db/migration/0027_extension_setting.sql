-- What a store has set for an extension; what it left alone is the default.
CREATE TABLE extension_setting (
  installation_id {{int}} NOT NULL REFERENCES installation (id),
  extension_id    TEXT NOT NULL,
  settings        TEXT NOT NULL, -- JSON object
  updated_ms      {{int}} NOT NULL,
  PRIMARY KEY (installation_id, extension_id)
);
