ALTER TABLE customer ADD COLUMN name_folded TEXT NOT NULL DEFAULT ''; -- lower case, for search
ALTER TABLE customer ADD COLUMN total_orders {{int}} NOT NULL DEFAULT 0;
ALTER TABLE customer ADD COLUMN total_spent_minor {{int}} NOT NULL DEFAULT 0; -- without orders cancelled or refunded

UPDATE customer SET name_folded = lower(name),
  total_orders = (SELECT COUNT(*) FROM shop_order o WHERE o.customer_id = customer.id),
  total_spent_minor = (SELECT CAST(COALESCE(SUM(o.grand_total_minor), 0) AS BIGINT) FROM shop_order o
    WHERE o.customer_id = customer.id AND o.status NOT IN ('cancelled', 'refunded'));

CREATE INDEX customer_updated ON customer (store_id, updated_ms, id);
CREATE INDEX customer_name ON customer (store_id, name_folded, id);

-- A customer may have an email alone.
DROP INDEX customer_phone;
CREATE UNIQUE INDEX customer_phone ON customer (store_id, phone) WHERE is_guest = 0 AND deleted_ms IS NULL AND phone <> '';
