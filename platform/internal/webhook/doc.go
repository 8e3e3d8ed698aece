// Package webhook brings events to the apps and merchants that subscribed.
//
// An event becomes one delivery per matching subscription (fanout.go). A
// delivery is attempted up to six times (attempt.go, retry.go): each attempt
// signs the stored bytes with machine time (sign.go), posts them (post.go) and
// records the answer together with what follows from it (record.go).
//
//	pending ──► delivered
//	   │            ▲
//	   ├──► retrying┤        the next attempt waits for business time
//	   │       │
//	   ├───────┴──► dead      six failures, or 410 Gone
//	   └──────────► cancelled the subscription was deactivated or removed
//
// What always holds:
//
//   - One delivery per event and subscription, unless somebody sends it again
//     (again.go), which is a delivery of its own; the event id, which is also the
//     idempotency key and webhook-id, is the same on every attempt.
//   - An attempt begins by claiming its row, so of any number of equal jobs one
//     sends. A crash may repeat an attempt that was never recorded, and loses
//     none: Recover starts again what was in flight in a process that is gone.
//   - Nothing is sent for a subscription that is inactive or deleted, except
//     farewell deliveries (farewell.go): they tell an app of its own uninstall,
//     carry their target and secret with them, and go out in order.
//   - Five dead deliveries in a row, or 410, deactivate a subscription. What
//     then still waits is cancelled when its time comes, so that a merchant who
//     reactivates in between loses nothing.
//   - An app is told only what its installation has the scope for (the topic's,
//     api.TopicScope), at the fan-out and at each attempt.
//   - At most ten attempts are in flight to one host (gate.go). The others stand
//     in line without a worker, the oldest delivery first (turns.go).
//   - A test (again.go) carries a sample, is one attempt, is no event and changes
//     nothing of its subscription.
//   - Secrets are opened when they sign and never written to a log.
//
// Apps and merchants make, change, pause and delete subscriptions (create.go,
// update.go). Those of an app are signed with its one secret, those of a
// merchant with one each, which is rotated with an overlap (secret.go). A URL is
// https, or http on this machine (check.go).
//
// Hooks (hook.go) tell an app with a webhook_url of its install and uninstall:
// deliveries of a message that is no event, signed in its body. That of an
// install hands over an access token, which is minted for each attempt and
// lives on only if the app takes it.
//
// A delivery whose next attempt lies in the future has a row in the timetable;
// one that is due has a job in the queue. Busy counts the latter, so that a
// clock which is moved waits for them.
package webhook
