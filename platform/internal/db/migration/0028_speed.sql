-- The home page adds up the orders of two weeks, which may be all there are:
-- the index by day holds what it adds up.
DROP INDEX shop_order_created;
CREATE INDEX shop_order_created ON shop_order (store_id, created_ms, id, deleted_ms, status, grand_total_minor, refunded_minor);

-- The tour looks for the first delivery that was spoiled or sent again.
CREATE INDEX delivery_attempt_fault ON delivery_attempt (fault);
CREATE INDEX delivery_resent ON delivery (resent_from);
