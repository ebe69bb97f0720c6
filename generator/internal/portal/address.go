package portal

import (
	"net/url"
	"strings"

	"github.com/stoa-portal/stoa/generator/internal/diag"
)

// MayAsk tells whether a mentor's own address for requests or bookings may be shown: on
// https, and on a host that config lists in [request] origins. Profiles come from
// strangers, and a visitor types personal data into the page that such a link opens.
func (p *Portal) MayAsk(address string) bool {
	u, err := url.Parse(address)
	if err != nil || u.Scheme != "https" {
		return false
	}
	host := strings.TrimSuffix(strings.ToLower(u.Host), ":443")
	for _, origin := range p.Config.Request.Origins {
		scheme, wanted, ok := strings.Cut(string(origin), "://")
		if !ok {
			wanted = scheme
		} else if scheme != "https" {
			continue
		}
		wanted = strings.TrimSuffix(strings.ToLower(wanted), ":443")
		if domain, wild := strings.CutPrefix(wanted, "*"); host == wanted || wild && strings.HasSuffix(host, domain) {
			return true
		}
	}
	return false
}

// checkAddresses tells which addresses of a profile are not shown.
func (p *Portal) checkAddresses(m *Mentor, problems *diag.List) {
	for _, own := range []struct{ path, address string }{
		{"request.url", string(m.Value.Request.URL)}, {"request.calendar_url", string(m.Value.Request.CalendarURL)},
	} {
		if own.address == "" || p.MayAsk(own.address) {
			continue
		}
		host := own.address
		if u, err := url.Parse(own.address); err == nil {
			host = u.Host
		}
		problems.Warnf(m.Place(own.path), "origin", "this link is not shown: config.toml does not list https://%s in [request] origins", host)
	}
}
