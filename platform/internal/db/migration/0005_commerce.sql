CREATE TABLE product (
  id                {{id}},
  store_id          {{int}} NOT NULL REFERENCES store (id),
  name              TEXT NOT NULL,
  name_folded       TEXT NOT NULL, -- lower case, for search
  slug              TEXT NOT NULL,
  category_id       {{int}},
  brand_id          {{int}},
  description       TEXT,
  short_description TEXT,
  is_active         {{int}} NOT NULL,
  is_visible        {{int}} NOT NULL,
  is_featured       {{int}} NOT NULL,
  is_bestseller     {{int}} NOT NULL,
  created_ms        {{int}} NOT NULL,
  updated_ms        {{int}} NOT NULL,
  deleted_ms        {{int}},
  UNIQUE (store_id, slug)
);
CREATE INDEX product_created ON product (store_id, created_ms, id);
CREATE INDEX product_updated ON product (store_id, updated_ms, id);
CREATE INDEX product_name ON product (store_id, name_folded, id);

CREATE TABLE variant (
  id                     {{id}},
  product_id             {{int}} NOT NULL REFERENCES product (id),
  store_id               {{int}} NOT NULL REFERENCES store (id),
  name                   TEXT NOT NULL,
  sku_code               TEXT NOT NULL,
  price_minor            {{int}} NOT NULL,
  compare_at_price_minor {{int}},
  available              {{int}} NOT NULL,
  quantity               {{int}} NOT NULL CHECK (quantity >= 0),
  is_default             {{int}} NOT NULL,
  images                 TEXT,
  weight_grams           {{int}},
  position               {{int}} NOT NULL,
  free_shipping          {{int}} NOT NULL,
  deleted_ms             {{int}},
  UNIQUE (store_id, sku_code)
);
CREATE INDEX variant_product ON variant (product_id, position);

CREATE TABLE customer (
  id         {{id}},
  store_id   {{int}} NOT NULL REFERENCES store (id),
  name       TEXT NOT NULL,
  email      TEXT,
  phone      TEXT NOT NULL,
  address    TEXT NOT NULL,
  city       TEXT NOT NULL,
  is_guest   {{int}} NOT NULL,
  created_ms {{int}} NOT NULL,
  updated_ms {{int}} NOT NULL,
  deleted_ms {{int}}
);
CREATE INDEX customer_created ON customer (store_id, created_ms, id);
CREATE UNIQUE INDEX customer_phone ON customer (store_id, phone) WHERE is_guest = 0 AND deleted_ms IS NULL;
CREATE UNIQUE INDEX customer_email ON customer (store_id, email) WHERE is_guest = 0 AND deleted_ms IS NULL;

CREATE TABLE shop_order (
  id                 {{id}},
  store_id           {{int}} NOT NULL REFERENCES store (id),
  customer_id        {{int}} NOT NULL REFERENCES customer (id),
  number             TEXT NOT NULL,
  status             TEXT NOT NULL,
  financial_status   TEXT NOT NULL,
  fulfillment_status TEXT NOT NULL,
  customer_name      TEXT NOT NULL,
  customer_phone     TEXT NOT NULL,
  customer_email     TEXT,
  address            TEXT NOT NULL,
  city               TEXT NOT NULL,
  search_folded      TEXT NOT NULL, -- number, name and phone in lower case
  sub_total_minor    {{int}} NOT NULL,
  tax_minor          {{int}} NOT NULL,
  shipping_minor     {{int}} NOT NULL,
  discount_minor     {{int}} NOT NULL,
  grand_total_minor  {{int}} NOT NULL,
  payment_method     TEXT NOT NULL,
  tracking_id        TEXT,
  note               TEXT NOT NULL,
  created_ms         {{int}} NOT NULL,
  updated_ms         {{int}} NOT NULL,
  UNIQUE (store_id, number)
);
CREATE INDEX shop_order_created ON shop_order (store_id, created_ms, id);
CREATE INDEX shop_order_updated ON shop_order (store_id, updated_ms, id);
CREATE INDEX shop_order_total ON shop_order (store_id, grand_total_minor, id);
CREATE INDEX shop_order_status ON shop_order (store_id, status, created_ms, id);
CREATE INDEX shop_order_customer ON shop_order (customer_id, created_ms, id);

-- How many orders a store has in each status, kept with every change so that
-- list totals need no scan.
CREATE TABLE order_count (
  store_id {{int}} NOT NULL REFERENCES store (id),
  status   TEXT NOT NULL,
  n        {{int}} NOT NULL CHECK (n >= 0),
  PRIMARY KEY (store_id, status)
);

CREATE TABLE order_item (
  id               {{id}},
  order_id         {{int}} NOT NULL REFERENCES shop_order (id),
  product_id       {{int}} NOT NULL,
  variant_id       {{int}} NOT NULL,
  name             TEXT NOT NULL,
  variant_name     TEXT NOT NULL,
  sku_code         TEXT NOT NULL,
  image            TEXT NOT NULL,
  quantity         {{int}} NOT NULL CHECK (quantity > 0),
  unit_price_minor {{int}} NOT NULL
);
CREATE INDEX order_item_order ON order_item (order_id);

CREATE TABLE order_payment (
  id           {{id}},
  order_id     {{int}} NOT NULL REFERENCES shop_order (id),
  method       TEXT NOT NULL,
  amount_minor {{int}} NOT NULL,
  status       TEXT NOT NULL,
  created_ms   {{int}} NOT NULL
);
CREATE INDEX order_payment_order ON order_payment (order_id);

CREATE TABLE order_timeline (
  id         {{id}},
  order_id   {{int}} NOT NULL REFERENCES shop_order (id),
  kind       TEXT NOT NULL,
  message    TEXT NOT NULL,
  actor      TEXT NOT NULL,
  created_ms {{int}} NOT NULL
);
CREATE INDEX order_timeline_order ON order_timeline (order_id);
