package metafield

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/selorax/sandbox/platform/api"
)

func TestValues(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		valueType, value string
		fits             bool
	}{
		{api.ValueString, `"high"`, true},
		{api.ValueString, `""`, true},
		{api.ValueString, `7`, false},
		{api.ValueString, `null`, false},
		{api.ValueString, `"a\u0000"`, false},
		{api.ValueString, `"` + strings.Repeat("ক", 5000) + `"`, true},
		{api.ValueString, `"` + strings.Repeat("ক", 5001) + `"`, false},
		{api.ValueInteger, `-7`, true},
		{api.ValueInteger, `9007199254740991`, true},
		{api.ValueInteger, `9007199254740992`, false},
		{api.ValueInteger, `1.0`, false},
		{api.ValueInteger, `"7"`, false},
		{api.ValueNumber, `1.5e3`, true},
		{api.ValueNumber, `1e999`, false},
		{api.ValueNumber, `true`, false},
		{api.ValueBoolean, `false`, true},
		{api.ValueBoolean, `0`, false},
		{api.ValueDate, `"2028-02-29"`, true},
		{api.ValueDate, `"2026-02-29"`, false},
		{api.ValueDate, `"2026-01-31T00:00:00Z"`, false},
		{api.ValueURL, `"https://example.com/a?b=c"`, true},
		{api.ValueURL, `"javascript:alert(1)"`, false},
		{api.ValueURL, `"/relative"`, false},
		{api.ValueJSON, `{"a": [1, null]}`, true},
		{api.ValueJSON, `null`, true},
		{api.ValueJSON, `"` + strings.Repeat("x", 64<<10) + `"`, false},
	} {
		if _, err := checkValue(c.valueType, json.RawMessage(c.value)); (err == nil) != c.fits {
			t.Errorf("%s %.40s: %v", c.valueType, c.value, err)
		}
	}
	if got, err := checkValue(api.ValueJSON, json.RawMessage(`{ "a" : 1 }`)); got != `{"a":1}` || err != nil {
		t.Errorf("kept as %s, %v", got, err)
	}
}
