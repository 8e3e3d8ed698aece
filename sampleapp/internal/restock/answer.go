package restock

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"net/http"
)

// said is an answer that is one sentence.
type said struct {
	Message string `json:"message"`
}

// refusal is an answer to something the app did not accept.
type refusal struct {
	Message string `json:"message"`
	Code    string `json:"code"`
}

// answer writes JSON that is not to be stored.
func answer(w http.ResponseWriter, status int, body any) {
	text, err := json.Marshal(body)
	if err != nil {
		status, text = http.StatusInternalServerError, []byte(`{"message":"Something went wrong in the app.","code":"internal_error"}`)
	}
	send(w, status, text)
}

// answerChanged writes JSON, or 304 and nothing if that is what the page has:
// it asks every two seconds.
func answerChanged(w http.ResponseWriter, r *http.Request, body any) {
	text, err := json.Marshal(body)
	if err != nil {
		answer(w, http.StatusInternalServerError, refusal{"Something went wrong in the app.", "internal_error"})
		return
	}
	sum := sha256.Sum256(text)
	tag := `"` + base64.RawURLEncoding.EncodeToString(sum[:12]) + `"`
	w.Header().Set("ETag", tag)
	if r.Header.Get("If-None-Match") == tag {
		w.Header().Set("Cache-Control", "no-store")
		w.WriteHeader(http.StatusNotModified)
		return
	}
	send(w, http.StatusOK, text)
}

func send(w http.ResponseWriter, status int, text []byte) {
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(status)
	_, _ = w.Write(append(text, '\n')) // the caller has gone: nobody is left to tell
}
