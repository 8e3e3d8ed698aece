package main

import (
	"strings"
	"testing"
)

func TestSignatureVectors(t *testing.T) {
	t.Parallel()
	const seconds = "1700000000"
	for name, v := range map[string]struct{ secret, body, want string }{
		"prefix kept in the key": {
			"whsec_8a3f1d2e5b7c9a0f", `{"topic":"order.status_changed","store_id":22,"data":{"order_id":1234,"status":"shipped"}}`,
			"sha256=7b7dcd1d375f4c21cc9e18afd5a71819f9cb277054eef7aeba6dfcd3d862afe5",
		},
		"key that is no base64": {
			"whsec_test_secret", `{"id":"evt_1","object":"event"}`,
			"sha256=0c8670ed117751cc551a20e35839447075c42800ea3cf3e8a2fbda99cd1e6edd",
		},
	} {
		if got := signature(v.secret, seconds, []byte(v.body)); got != v.want {
			t.Errorf("%s: got %s, want %s", name, got, v.want)
		}
	}
}

// The vector of the Standard Webhooks libraries.
func TestStandardSignatureVector(t *testing.T) {
	t.Parallel()
	got, err := standardSignature("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "msg_p5jXN8AQM9LWM0D4loKWxJek", "1614265330", []byte(`{"test": 2432232314}`))
	if want := "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="; err != nil || got != want {
		t.Errorf("got %s, %v; want %s", got, err, want)
	}
	if _, err := standardSignature("whsec_test_secret", "e", "1", nil); err == nil || strings.Contains(err.Error(), "test_secret") {
		t.Errorf("a secret that is no base64: %v", err)
	}
}
