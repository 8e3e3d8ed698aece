// Package privacy lets a merchant ask every app of a store what it holds about
// a person, or to erase it: the GDPR topics customers/data_request,
// customers/redact and shop/redact.
//
// A request is an event and nothing else. It goes to each installed app, to
// its subscriptions for the topic or else to its webhook_receive_url, since no
// app may leave these topics out. The list of requests reads the events back,
// with how far each delivery has come. shop/redact after an uninstall is the
// business of package install.
package privacy
