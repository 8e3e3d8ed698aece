-- A store's requests about personal data are few among its events.
CREATE INDEX event_privacy ON event (store_id, seq) WHERE topic IN ('customers/data_request', 'customers/redact', 'shop/redact');

-- The tour looks for the first delivery that was spoiled or sent again: these
-- hold nothing else, in the order of time.
DROP INDEX delivery_attempt_fault;
CREATE INDEX delivery_attempt_fault ON delivery_attempt (id) WHERE fault > '';
DROP INDEX delivery_resent;
CREATE INDEX delivery_resent ON delivery (store_id, id) WHERE resent_from > 0;
