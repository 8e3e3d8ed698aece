package page

import (
	"slices"
	"strings"

	"github.com/selorax/sandbox/platform/api"
)

var reviewStatuses = map[string]Status{
	api.ReviewDraft:     {Label: "Draft", Icon: "pencil"},
	api.ReviewInReview:  {Label: "In review", Icon: "clock", Tone: "info", Move: "Submit for review"},
	api.ReviewApproved:  {Label: "Approved", Icon: "check-circle", Tone: "success", Move: "Approve"},
	api.ReviewRejected:  {Label: "Rejected", Icon: "x-circle", Tone: "danger", Move: "Reject"},
	api.ReviewSuspended: {Label: "Suspended", Icon: "pause", Tone: "warning", Move: "Suspend"},
}

// ReviewStatus is how the state of an app's review is shown.
func ReviewStatus(name string) Status { return lookUp(reviewStatuses, name) }

// moreTopicGroups are those that only apps are told of.
var moreTopicGroups = map[string]TopicGroup{
	"charge": {Name: "Billing", Icon: "cash"}, "subscription": {Name: "Billing", Icon: "cash"}, "message": {Name: "Messaging", Icon: "send"},
}

var privacyTopics = TopicGroup{Name: "Privacy", Icon: "shield", Personal: true}

// AppTopics groups what an app may be told of.
func AppTopics() (groups []TopicGroup) {
	for _, name := range api.Topics {
		group := appTopicGroup(name)
		i := slices.IndexFunc(groups, func(g TopicGroup) bool { return g.Name == group.Name })
		if i < 0 {
			i, groups = len(groups), append(groups, group)
		}
		groups[i].Topics = append(groups[i].Topics, Topic{name, TopicLabel(name)})
	}
	return groups
}

func appTopicGroup(topic string) TopicGroup {
	noun, _, event := strings.Cut(topic, ".")
	if !event {
		return privacyTopics
	}
	if group, ok := topicGroups[noun]; ok {
		return group
	}
	return moreTopicGroups[noun]
}

// Check is one thing that a reviewer looks for, and whether it is there.
type Check struct {
	Name  string
	Text  string // what is asked for
	Done  bool
	Wants string // what to do about one that is not done
}

// ReviewChecks are what a reviewer looks for in an app. None of them keeps it
// from being submitted.
func ReviewChecks(a api.App) []Check {
	deaf := deafTopics(a)
	hears := a.WebhookReceiveURL != nil || len(a.WebhookTopics) == 0
	return []Check{
		{"card", "A sentence for its card in the marketplace", a.ShortDescription != "", "Write a short description."},
		{"description", "A description of what it does", a.Description != "", "Write a description: merchants decide by it."},
		{"category", "A category", a.Category != "", "Name the category that merchants find it in."},
		{"contact", "An email address for merchants", a.DeveloperEmail != "", "Write the address that merchants can reach you at."},
		{"page", "A page of its own in the dashboard", a.AppURL != "", "Write the app URL. Without one the app has no page and works in the background."},
		{"receiver", "An address for the webhooks that it follows", hears, "Write the URL that deliveries go to."},
		{"topics", "A permission for each event that it follows", deaf == "", "Add a permission: " + deaf + "."},
	}
}

// deafTopics names the topics that an app is never told of, with the scopes
// that they need, "" where there is none.
func deafTopics(a api.App) string {
	var deaf []string
	for _, topic := range a.WebhookTopics {
		if scope := api.TopicScope(topic); scope != "" && !a.RequestedScopes.Allows(scope) {
			deaf = append(deaf, topic+" needs "+string(scope))
		}
	}
	return And(deaf)
}

// Pricing is how people say what an app costs.
func Pricing(kind string) string {
	switch kind {
	case "free":
		return "Free"
	case "one_time":
		return "Paid once"
	case "recurring":
		return "Paid every month or year"
	case "usage":
		return "Paid by use"
	}
	return words(kind)
}
