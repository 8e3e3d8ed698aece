CREATE TABLE shipping_zone (
  id         {{id}},
  store_id   {{int}} NOT NULL REFERENCES store (id),
  name       TEXT NOT NULL,
  cities     TEXT NOT NULL, -- JSON array; empty for the rest of the country
  created_ms {{int}} NOT NULL,
  updated_ms {{int}} NOT NULL
);
CREATE INDEX shipping_zone_store ON shipping_zone (store_id, id);

CREATE TABLE shipping_method (
  id              {{id}},
  zone_id         {{int}} NOT NULL REFERENCES shipping_zone (id),
  store_id        {{int}} NOT NULL REFERENCES store (id),
  name            TEXT NOT NULL,
  price_minor     {{int}} NOT NULL,
  free_from_minor {{int}},
  estimated_days  {{int}},
  is_active       {{int}} NOT NULL,
  created_ms      {{int}} NOT NULL,
  updated_ms      {{int}} NOT NULL
);
CREATE INDEX shipping_method_zone ON shipping_method (zone_id, id);
CREATE INDEX shipping_method_store ON shipping_method (store_id, id);
