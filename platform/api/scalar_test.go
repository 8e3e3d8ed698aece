package api

import (
	"encoding/json"
	"math"
	"math/big"
	"strings"
	"testing"
	"time"
)

func TestMoneyRoundTrips(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]Money{
		"0.00": 0, "0.01": 1, "-0.01": -1, "0.10": 10, "1460.50": 146050, "-12.34": -1234,
		"92233720368547758.07": math.MaxInt64, "-92233720368547758.07": -math.MaxInt64,
	} {
		var got Money
		if err := json.Unmarshal([]byte(text), &got); err != nil || got != want {
			t.Errorf("%s read as %d, %v", text, got, err)
		}
		if b, err := json.Marshal(want); err != nil || string(b) != text {
			t.Errorf("%d written as %s, %v", want, b, err)
		}
	}
	if got := Money(math.MinInt64).String(); got != "-92233720368547758.08" {
		t.Errorf("the least amount is %s", got)
	}
}

func TestMoneyReadsShortForms(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]Money{"12": 1200, "12.5": 1250, "12.50": 1250, "-0": 0, "-0.5": -50} {
		if got, err := ParseMoney(text); err != nil || got != want {
			t.Errorf("%s read as %d, %v", text, got, err)
		}
	}
}

func TestMoneyRefuses(t *testing.T) {
	t.Parallel()
	for _, text := range []string{
		"", "-", ".", "1.", ".5", "1.234", "1.000", "1e3", "1E2", "+1", "--1", " 1", "1 ", "1,000", "0x1", "NaN", "১২", "1.-1", "-.5",
		"92233720368547758.08", "-92233720368547758.08", "92233720368547759", "1" + strings.Repeat("0", 400),
	} {
		if got, err := ParseMoney(text); err == nil {
			t.Errorf("%q read as %d", text, got)
		}
	}
	for _, text := range []string{`"12.50"`, `true`, `{}`, `[]`, `1e2`, `12.345`} {
		got := Money(7)
		if err := json.Unmarshal([]byte(text), &got); err == nil || got != 7 {
			t.Errorf("%s read as %d, %v", text, got, err)
		}
	}
	kept := Money(7)
	if err := json.Unmarshal([]byte("null"), &kept); err != nil || kept != 7 {
		t.Errorf("null made %d of 7, %v", kept, err)
	}
}

func FuzzMoney(f *testing.F) {
	for _, seed := range []string{"12.50", "-0.01", "007", "1e3", "92233720368547758.07", "0.1"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		m, err := ParseMoney(text)
		if err != nil {
			return
		}
		want, ok := new(big.Rat).SetString(text)
		if !ok || want.Cmp(big.NewRat(int64(m), 100)) != 0 {
			t.Fatalf("%q read as %d", text, m)
		}
		if again, err := ParseMoney(m.String()); err != nil || again != m {
			t.Fatalf("%q came back as %d, %v", m, again, err)
		}
	})
}

func TestTimeIsUTCWithMilliseconds(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		`"2025-06-15T10:30:00.000Z"`:       `"2025-06-15T10:30:00.000Z"`,
		`"2025-06-15T10:30:00Z"`:           `"2025-06-15T10:30:00.000Z"`,
		`"2025-06-15T16:30:00.1239+06:00"`: `"2025-06-15T10:30:00.123Z"`,
		`"1969-12-31T23:59:59.999Z"`:       `"1969-12-31T23:59:59.999Z"`,
	} {
		var got Time
		if err := json.Unmarshal([]byte(text), &got); err != nil {
			t.Errorf("%s: %v", text, err)
		}
		if b, err := json.Marshal(got); err != nil || string(b) != want {
			t.Errorf("%s came back as %s, %v", text, b, err)
		}
	}
	dhaka := time.FixedZone("", 6*60*60)
	if b, err := json.Marshal(Time{time.Date(2026, 1, 1, 1, 0, 0, 0, dhaka)}); err != nil || string(b) != `"2025-12-31T19:00:00.000Z"` {
		t.Errorf("another zone: %s, %v", b, err)
	}
}

func TestTimeRefuses(t *testing.T) {
	t.Parallel()
	for _, text := range []string{`"2025-06-15"`, `"2025-06-15T10:30:00"`, `"2025-02-30T00:00:00Z"`, `"2025-06-15 10:30:00Z"`, `1750000000`, `""`, `"now"`, `{}`} {
		got := At(7)
		if err := json.Unmarshal([]byte(text), &got); err == nil || got != At(7) {
			t.Errorf("%s read as %v, %v", text, got, err)
		}
	}
	kept := At(7)
	if err := json.Unmarshal([]byte("null"), &kept); err != nil || kept != At(7) {
		t.Errorf("null made %v, %v", kept, err)
	}
}

func TestTimeOfAbsentInstant(t *testing.T) {
	t.Parallel()
	ms := int64(-1)
	if AtOrNil(nil) != nil || *AtOrNil(&ms) != At(-1) {
		t.Error("AtOrNil")
	}
}

func FuzzTime(f *testing.F) {
	f.Add(int64(0))
	f.Add(int64(-1))
	f.Add(int64(1769839200123))
	f.Fuzz(func(t *testing.T, ms int64) {
		const year1, year10000 = -62135596800000, 253402300800000
		if ms < year1 || ms >= year10000 {
			t.Skip() // ISO 8601 years have four digits
		}
		b, err := json.Marshal(At(ms))
		if err != nil {
			t.Fatal(err)
		}
		var got Time
		if err := json.Unmarshal(b, &got); err != nil || got.UnixMilli() != ms {
			t.Fatalf("%d became %s became %d, %v", ms, b, got.UnixMilli(), err)
		}
	})
}

func TestFlag(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]Flag{"0": false, "1": true, "false": false, "true": true} {
		got := !want
		if err := json.Unmarshal([]byte(text), &got); err != nil || got != want {
			t.Errorf("%s read as %v, %v", text, got, err)
		}
	}
	if b, err := json.Marshal([]Flag{true, false}); err != nil || string(b) != "[1,0]" {
		t.Errorf("%s, %v", b, err)
	}
	for _, text := range []string{"2", "-1", `"1"`, `"true"`, "1.0", "[]"} {
		if got := Flag(true); json.Unmarshal([]byte(text), &got) == nil || !got {
			t.Errorf("%s read as %v", text, got)
		}
	}
	kept := Flag(true)
	if err := json.Unmarshal([]byte("null"), &kept); err != nil || !kept {
		t.Errorf("null made %v, %v", kept, err)
	}
}
