CREATE TABLE discount (
  id                  {{id}},
  store_id            {{int}} NOT NULL REFERENCES store (id),
  code                TEXT NOT NULL, -- upper case
  is_amount           {{int}} NOT NULL,
  amount_minor        {{int}} NOT NULL,
  percentage_ppm      {{int}} NOT NULL,
  free_shipping       {{int}} NOT NULL,
  minimum_order_minor {{int}},
  maximum_minor       {{int}},
  is_active           {{int}} NOT NULL,
  total_use           {{int}},
  use_per_user        {{int}},
  used                {{int}} NOT NULL,
  starts_ms           {{int}},
  ends_ms             {{int}},
  created_ms          {{int}} NOT NULL,
  updated_ms          {{int}} NOT NULL,
  deleted_ms          {{int}}
);
CREATE UNIQUE INDEX discount_code ON discount (store_id, code) WHERE deleted_ms IS NULL;
CREATE INDEX discount_created ON discount (store_id, created_ms, id);

-- One row per order that uses a code, until the order is cancelled.
CREATE TABLE discount_use (
  order_id    {{int}} PRIMARY KEY,
  discount_id {{int}} NOT NULL REFERENCES discount (id),
  customer_id {{int}} NOT NULL REFERENCES customer (id)
);
CREATE INDEX discount_use_customer ON discount_use (discount_id, customer_id);
