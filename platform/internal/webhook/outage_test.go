package webhook

import (
	"testing"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/db/dbtest"
)

// An attempt that ends while the database is away is recorded once it is back:
// it is not sent again, and its claim does not stay.
func TestAnOutcomeWaitsForTheDatabase(t *testing.T) {
	t.Parallel()
	if !dbtest.OnPostgres() {
		t.Skip("on PostgreSQL only: SQLite has no server that could be away")
	}
	b := newBench(t)
	r := newReceiver(t, nil)
	b.subscribe(r.URL, api.TopicOrderCreated)
	job := b.pending()
	dbtest.Exec(t, b.DB, `CREATE SEQUENCE outage`)
	dbtest.Exec(t, b.DB, `CREATE FUNCTION away() RETURNS trigger LANGUAGE plpgsql AS '
		BEGIN
			IF nextval(''outage'') < 3 THEN
				RAISE EXCEPTION ''the server is starting'' USING ERRCODE = ''57P03'';
			END IF;
			RETURN NEW;
		END'`)
	dbtest.Exec(t, b.DB, `CREATE TRIGGER away BEFORE INSERT ON delivery_attempt FOR EACH ROW EXECUTE FUNCTION away()`)
	if err := b.attempt(t.Context(), job); err != nil {
		t.Fatal(err)
	}
	if d := b.only(); d.Status != api.DeliveryDelivered || len(d.Attempts) != 1 || len(r.all()) != 1 {
		t.Errorf("%d requests, %+v", len(r.all()), d)
	}
}
