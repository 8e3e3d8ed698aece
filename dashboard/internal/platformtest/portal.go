package platformtest

import (
	"encoding/json"
	"fmt"
	"net/http"
	"slices"

	"github.com/selorax/sandbox/platform/api"
)

// stranger owns apps of another developer.
const stranger = 99

// portalRecord is what the portal knows of an app besides the app.
type portalRecord struct {
	owner               int64
	listed              bool // as the developer wants it
	gone                bool
	note                string
	submitted, reviewed *api.Time
	nextSecret          *api.Time // when the next webhook secret becomes the current one
}

// RegisterApp makes an app of the developer's in a state of its review.
func (p *Platform) RegisterApp(name, status string) api.App {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.registerApp(accounts[Developer].UserID, name, status)
}

// RegisterStrangersApp makes an app of another developer.
func (p *Platform) RegisterStrangersApp(name, status string) api.App {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.registerApp(stranger, name, status)
}

func (p *Platform) registerApp(owner int64, name, status string) api.App {
	a := newApp()
	a.Name, a.ReviewStatus = name, status
	a.ShortDescription, a.Category, a.AppURL, a.RedirectURLs = "Notes on orders", "Tools", "https://notes.example/app", []string{"https://notes.example/oauth/callback"}
	a.RequestedScopes, a.DeveloperName = api.ScopeSet{api.ReadOrders, api.ReadCustomers}, "Tanvir Ahmed"
	made := p.addApp(a, owner)
	if at := (api.Time{Time: today}); status != api.ReviewDraft {
		p.portal[made.AppID].submitted = &at
	}
	return made
}

func newApp() api.App {
	return api.App{
		AppType: api.AppPlatform, PricingType: "free", FeePayer: api.FeePayerDeveloper, CommissionRate: 0.2,
		ReviewStatus: api.ReviewDraft, IsActive: true, CreatedAt: api.Time{Time: today}, UpdatedAt: api.Time{Time: today},
	}
}

func (p *Platform) addApp(a api.App, owner int64) api.App {
	a.AppID = int64(len(p.apps) + 1)
	if a.Slug == "" {
		a.Slug = slugOf(a.Name)
	}
	a.ClientID, a.Icon = fmt.Sprintf("sx_app_%d", a.AppID), p.PublicURL+"/media/apps/"+a.Slug+".svg"
	p.portal[a.AppID] = &portalRecord{owner: owner, listed: bool(a.IsListed)}
	a.IsListed = false
	p.apps = append(p.apps, a)
	return a
}

func (p *Platform) portalRoutes(mux *http.ServeMux) {
	const one = " /api/apps/{id}"
	for pattern, route := range map[string]func(call) (any, error){
		"GET /api/apps/review": p.listReview,
		"POST /api/apps":       p.createApp,
		"GET" + one:            p.getApp, "PUT" + one: p.updateApp, "DELETE" + one: p.deleteApp,
		"POST" + one + "/submit-for-review":       p.submitApp,
		"POST" + one + "/review":                  p.reviewApp,
		"POST" + one + "/rotate-secret":           p.rotateClient,
		"POST" + one + "/generate-signing-key":    p.generateKey,
		"POST" + one + "/rotate-webhook-secret":   p.rotateAppWebhook,
		"POST" + one + "/activate-webhook-secret": p.activateAppWebhook,
	} {
		mux.HandleFunc(pattern, p.forUser(func(c call) (any, error) {
			if err := p.developer(c); err != nil {
				return nil, err
			}
			return route(c)
		}))
	}
}

// showApp is an app as the portal answers it to a user.
func (p *Platform) showApp(a api.App, userID int64) api.PortalApp {
	r := p.portal[a.AppID]
	out := api.PortalApp{App: a, Owned: r.owner == userID, SubmittedAt: r.submitted, ReviewedAt: r.reviewed, WebhookSecretChangesAt: r.nextSecret}
	for _, i := range p.installations {
		if i.AppID == a.AppID && i.Status == api.InstallationActive {
			out.Installations++
		}
	}
	if r.note != "" {
		out.ReviewNote = &r.note
	}
	return out
}

// shownApps are those of the portal that a condition holds for.
func (p *Platform) shownApps(c call, which func(api.PortalApp) bool) (list []api.PortalApp) {
	for _, a := range p.apps {
		if r := p.portal[a.AppID]; r == nil || r.gone {
			continue
		}
		if shown := p.showApp(a, c.account.UserID); which(shown) {
			list = append(list, shown)
		}
	}
	return list
}

func (p *Platform) listOwnApps(c call) (any, error) {
	if err := p.developer(c); err != nil {
		return nil, err
	}
	return page(c, p.shownApps(c, func(a api.PortalApp) bool { return bool(a.Owned) }))
}

func (p *Platform) listReview(c call) (any, error) {
	return page(c, p.shownApps(c, func(a api.PortalApp) bool { return a.ReviewStatus == api.ReviewInReview }))
}

// portalApp is the app that the path names, if the user may see it.
func (p *Platform) portalApp(c call) (*api.App, error) {
	r := p.portal[c.id("id")]
	if r == nil || r.gone || r.owner != c.account.UserID && p.appByID(c.id("id")).ReviewStatus == api.ReviewDraft {
		return nil, notFound("No app %s that you may see.", c.PathValue("id"))
	}
	return p.appByID(c.id("id")), nil
}

// ownApp is the user's app that the path names.
func (p *Platform) ownApp(c call) (*api.App, error) {
	a, err := p.portalApp(c)
	if err == nil && p.portal[a.AppID].owner != c.account.UserID {
		return nil, notFound("No app %s that you may see.", c.PathValue("id"))
	}
	return a, err
}

func (p *Platform) getApp(c call) (any, error) {
	a, err := p.portalApp(c)
	if err != nil {
		return nil, err
	}
	return p.showApp(*a, c.account.UserID), nil
}

func (p *Platform) createApp(c call) (any, error) {
	a := newApp()
	a.DeveloperName = c.account.Name
	if err := p.readApp(c, &a, true); err != nil {
		return nil, err
	}
	made := p.addApp(a, c.account.UserID)
	return api.RegisteredApp{PortalApp: p.showApp(made, c.account.UserID), AppSecrets: api.AppSecrets{
		ClientSecret: p.secret("sx_secret_"), SessionSigningKey: p.secret(""), WebhookSigningSecret: p.secret("whsec_"),
	}}, nil
}

func (p *Platform) updateApp(c call) (any, error) {
	a, err := p.ownApp(c)
	if err != nil {
		return nil, err
	}
	changed := *a
	if err := p.readApp(c, &changed, false); err != nil {
		return nil, err
	}
	p.portal[a.AppID].listed = bool(changed.IsListed)
	changed.IsListed = changed.IsListed && changed.ReviewStatus == api.ReviewApproved
	*a = changed
	return p.showApp(*a, c.account.UserID), nil
}

func (p *Platform) deleteApp(c call) (any, error) {
	a, err := p.ownApp(c)
	if err != nil {
		return nil, err
	}
	if n := p.showApp(*a, c.account.UserID).Installations; n > 0 {
		return nil, refuse(http.StatusConflict, api.CodeConflict, "The app is installed on %d stores; it can be deleted once it is uninstalled there.", n)
	}
	p.portal[a.AppID].gone, a.IsListed = true, false
	return api.Deleted{ID: a.AppID}, nil
}

func (p *Platform) submitApp(c call) (any, error) {
	a, err := p.ownApp(c)
	if err != nil {
		return nil, err
	}
	return p.moveApp(c, a, api.ReviewInReview, p.portal[a.AppID].note)
}

func (p *Platform) reviewApp(c call) (any, error) {
	a, err := p.portalApp(c)
	if err != nil {
		return nil, err
	}
	var in api.ReviewDecision
	if err := json.NewDecoder(c.Body).Decode(&in); err != nil {
		return nil, err
	}
	if len([]rune(in.Note)) > 2000 {
		return nil, invalid(api.FieldError{Field: "note", Message: "must have at most 2000 characters"})
	}
	return p.moveApp(c, a, in.Status, in.Note)
}

var reviewMoves = map[string][]string{
	api.ReviewDraft: {api.ReviewInReview}, api.ReviewInReview: {api.ReviewApproved, api.ReviewRejected}, api.ReviewRejected: {api.ReviewInReview},
	api.ReviewApproved: {api.ReviewSuspended}, api.ReviewSuspended: {api.ReviewApproved},
}

func (p *Platform) moveApp(c call, a *api.App, to, note string) (any, error) {
	if !slices.Contains(reviewMoves[a.ReviewStatus], to) {
		return nil, refuse(http.StatusConflict, api.CodeConflict, "The review of this app is %s; from there it can not become %s.", a.ReviewStatus, to)
	}
	r, at := p.portal[a.AppID], api.Time{Time: today}
	if r.note = note; to == api.ReviewInReview {
		r.submitted = &at
	} else {
		r.reviewed = &at
	}
	a.ReviewStatus, a.IsActive, a.IsListed = to, to != api.ReviewSuspended, api.Flag(r.listed && to == api.ReviewApproved)
	return p.showApp(*a, c.account.UserID), nil
}
