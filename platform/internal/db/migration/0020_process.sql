-- The processes that work on this database, each with the number under which
-- it claims work. The row of one that died stays until another takes over.
CREATE TABLE process (
  id        {{int}} PRIMARY KEY,
  joined_ms {{int}} NOT NULL -- machine time
);

-- Which process makes the attempt in flight.
ALTER TABLE delivery ADD COLUMN claimed_by {{int}};
