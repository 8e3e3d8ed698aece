package selorax

import (
	"context"
	"encoding/json"
	"net/http"
)

// post makes a record and returns it. A call that carries a key makes one record
// however often it is made, so only such a call is repeated when the platform
// does not answer.
func post[T any](ctx context.Context, c *Client, accessToken, path string, body any, key string) (T, error) {
	var answer struct{ Data T }
	text, err := json.Marshal(body)
	if err != nil {
		return answer.Data, err
	}
	err = c.do(ctx, request{
		method: http.MethodPost, path: path, accessToken: accessToken, body: text, repeatable: key != "",
	}, &answer)
	return answer.Data, err
}
