CREATE TABLE category (
  id         {{id}},
  store_id   {{int}} NOT NULL REFERENCES store (id),
  parent_id  {{int}} REFERENCES category (id),
  name       TEXT NOT NULL,
  name_folded TEXT NOT NULL, -- lower case, for search
  slug       TEXT NOT NULL,
  created_ms {{int}} NOT NULL,
  updated_ms {{int}} NOT NULL,
  UNIQUE (store_id, slug)
);
CREATE INDEX category_parent ON category (parent_id);
CREATE INDEX product_category ON product (category_id);

-- Pictures that were uploaded, named by their content.
CREATE TABLE picture (
  stored_key   TEXT PRIMARY KEY,
  store_id     {{int}} NOT NULL REFERENCES store (id),
  content_type TEXT NOT NULL,
  content      {{blob}} NOT NULL,
  created_ms   {{int}} NOT NULL
);
