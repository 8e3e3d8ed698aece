ALTER TABLE shop_order ADD COLUMN courier TEXT;
ALTER TABLE shop_order ADD COLUMN discount_code TEXT;
ALTER TABLE shop_order ADD COLUMN refunded_minor {{int}} NOT NULL DEFAULT 0 CHECK (refunded_minor >= 0);
ALTER TABLE shop_order ADD COLUMN deleted_ms {{int}};

UPDATE shop_order SET refunded_minor = grand_total_minor WHERE financial_status = 'refunded';

ALTER TABLE order_payment ADD COLUMN type TEXT NOT NULL DEFAULT 'payment'; -- payment | refund
ALTER TABLE order_payment ADD COLUMN reason TEXT; -- of a refund

INSERT INTO order_payment (order_id, method, amount_minor, status, created_ms, type)
  SELECT id, payment_method, grand_total_minor, 'refunded', updated_ms, 'refund' FROM shop_order
  WHERE financial_status = 'refunded' AND grand_total_minor > 0;

-- The last number that a store gave to an order.
CREATE TABLE order_number (
  store_id {{int}} PRIMARY KEY REFERENCES store (id),
  last     {{int}} NOT NULL
);
INSERT INTO order_number (store_id, last)
  SELECT store_id, MAX(CAST(number AS BIGINT)) FROM shop_order GROUP BY store_id;
