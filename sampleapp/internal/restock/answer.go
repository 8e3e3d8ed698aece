package restock

import (
	"encoding/json"
	"net/http"
)

// message is an answer that is one sentence.
type message struct {
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
		http.Error(w, `{"message":"Something went wrong in the app.","code":"internal_error"}`, http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(status)
	_, _ = w.Write(append(text, '\n')) // the caller has gone: nobody is left to tell
}
