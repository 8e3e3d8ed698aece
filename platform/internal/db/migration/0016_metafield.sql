CREATE TABLE metafield_definition (
  id            {{id}},
  app_id        {{int}} NOT NULL REFERENCES app (id),
  namespace     TEXT NOT NULL,
  key           TEXT NOT NULL,
  resource_type TEXT NOT NULL,
  value_type    TEXT NOT NULL,
  name          TEXT NOT NULL,
  description   TEXT NOT NULL,
  created_ms    {{int}} NOT NULL,
  UNIQUE (app_id, namespace, key)
);

CREATE TABLE metafield (
  id            {{id}},
  definition_id {{int}} NOT NULL REFERENCES metafield_definition (id),
  store_id      {{int}} NOT NULL REFERENCES store (id),
  resource_id   {{int}} NOT NULL,
  value         TEXT NOT NULL, -- JSON
  created_ms    {{int}} NOT NULL,
  updated_ms    {{int}} NOT NULL,
  UNIQUE (definition_id, store_id, resource_id)
);
CREATE INDEX metafield_resource ON metafield (store_id, resource_id);
