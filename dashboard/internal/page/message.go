package page

import "github.com/selorax/sandbox/platform/api"

var messageStatuses = map[string]Status{
	api.MessageQueued:    {Label: "Queued", Icon: "circle"},
	api.MessageSent:      {Label: "Sent", Icon: "send", Tone: "info"},
	api.MessageDelivered: {Label: "Delivered", Icon: "check-circle", Tone: "success"},
	api.MessageFailed:    {Label: "Failed", Icon: "x-circle", Tone: "danger"},
}

func messageStatus(name string) Status { return lookUp(messageStatuses, name) }

// Channel is what people call a channel of messages.
func Channel(name string) string {
	switch name {
	case api.ChannelSMS:
		return "SMS"
	case api.ChannelPush:
		return "Push notification"
	}
	return title(name)
}
