package main

import (
	"strings"

	"github.com/alecthomas/kong"

	"github.com/selorax/sandbox/platform/api"
)

// choices are the words of the API that flags and arguments may take.
func choices() kong.Vars {
	return kong.Vars{
		"delivery_states": list(api.DeliveryPending, api.DeliveryRetrying, api.DeliveryDelivered, api.DeliveryDead, api.DeliveryCancelled),
		"webhook_faults": list(api.FaultDrop, api.FaultDelay, api.FaultDuplicate, api.FaultReorder, api.FaultTruncate,
			api.FaultWrongSignature, api.FaultStaleTimestamp, api.FaultWrongContentType),
		"api_faults": list(api.FaultRateLimited, api.FaultServerError, api.FaultUnavailable, api.FaultSlow, api.FaultReset),
	}
}

func list(words ...string) string { return strings.Join(words, ",") }
