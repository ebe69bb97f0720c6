package check

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"time"

	"github.com/stoa-portal/stoa/generator/internal/diag"
	"github.com/stoa-portal/stoa/generator/internal/markdown"
	"github.com/stoa-portal/stoa/generator/internal/portal"
)

// What one check asks of other people's hosts.
const (
	hostPause     = time.Second        // between two questions to one host
	answerTime    = 15 * time.Second   // for one answer
	longestWait   = 30 * time.Second   // that a host may ask for with Retry-After
	mostHosts     = 8                  // asked at the same time
	mostAddresses = 5000               // in one check
	freshGood     = 7 * 24 * time.Hour // how long a good answer is remembered
	freshBad      = 6 * time.Hour      // and one that somebody may be mending
)

// External asks whether the pages that a portal links to elsewhere are still there.
type External struct {
	Client    *http.Client     // nil: one that reaches public addresses only
	Now       func() time.Time // nil: the system's clock
	UserAgent string           // who asks; "" says Stoa

	mu      sync.Mutex
	answers map[string]answer // by address
}

// An answer is what a host said of an address.
type answer struct {
	Status int       `json:"status,omitempty"` // of HTTP; 0 when the host did not answer
	Fault  string    `json:"fault,omitempty"`  // why not
	Moved  string    `json:"moved,omitempty"`  // the address to which it has moved for good
	At     time.Time `json:"at"`
}

// gone tells whether people who follow the link find nothing. A host that refuses programs
// (401, 403, 429 …) may well show the page to people.
func (a answer) gone() bool {
	return a.Status == 0 || a.Status == http.StatusNotFound || a.Status == http.StatusGone || a.Status >= 500 && a.Status != 999
}

// Load reads what an earlier check was told; Save writes it. What cannot be read is asked
// again.
func (x *External) Load(r io.Reader) {
	var answers map[string]answer
	if json.NewDecoder(io.LimitReader(r, 16<<20)).Decode(&answers) == nil {
		x.answers = answers
	}
}

// Save writes the answers that are still fresh.
func (x *External) Save(w io.Writer) error {
	x.mu.Lock()
	defer x.mu.Unlock()
	return json.NewEncoder(w).Encode(x.answers)
}

// Check asks for every address once, each host one question at a time. It stops early when
// ctx is done, with what it has found.
func (x *External) Check(ctx context.Context, p *portal.Portal) diag.List {
	places := map[string][]diag.Place{}
	for _, link := range externalLinks(p) {
		places[link.address] = append(places[link.address], link.place)
	}
	var problems diag.List
	hosts := map[string][]string{}
	asked := 0
	for _, address := range slices.Sorted(maps.Keys(places)) {
		u, err := url.Parse(address)
		if err != nil || u.Scheme != "https" && u.Scheme != "http" || u.Host == "" {
			continue
		}
		if asked++; asked > mostAddresses {
			problems.Warnf(diag.Place{}, "external-link", "there are more than %d addresses elsewhere, and the rest was not asked for", mostAddresses)
			break
		}
		hosts[u.Host] = append(hosts[u.Host], address)
	}
	x.forget()
	queue := make(chan string)
	var wait sync.WaitGroup
	for range min(mostHosts, len(hosts)) {
		wait.Go(func() {
			for host := range queue {
				x.askHost(ctx, hosts[host])
			}
		})
	}
	for _, host := range slices.Sorted(maps.Keys(hosts)) {
		queue <- host
	}
	close(queue)
	wait.Wait()
	for address, at := range places {
		a, ok := x.answers[address]
		for _, place := range at {
			switch {
			case !ok: // the check was interrupted
			case a.gone():
				problems.Warnf(place, "external-link", "%s leads nowhere: %s", address, cmp.Or(a.Fault, status(a.Status)))
			case a.Moved != "":
				problems.Warnf(place, "external-moved", "%s has moved for good: write %s", address, a.Moved)
			}
		}
	}
	return problems.Sorted()
}

func status(code int) string {
	return strings.TrimSpace(fmt.Sprintf("the host says %d %s", code, http.StatusText(code)))
}

// forget drops answers that are too old to be believed.
func (x *External) forget() {
	if x.answers == nil {
		x.answers = map[string]answer{}
	}
	for address, a := range x.answers {
		fresh := freshGood
		if a.gone() {
			fresh = freshBad
		}
		if age := x.now().Sub(a.At); age < 0 || age >= fresh {
			delete(x.answers, address)
		}
	}
}

func (x *External) now() time.Time {
	if x.Now != nil {
		return x.Now()
	}
	return time.Now()
}

// askHost asks one host for its addresses, one after the other. A host that wants to be left
// alone for longer than the check can wait is.
func (x *External) askHost(ctx context.Context, addresses []string) {
	first, waited := true, false
	for i := 0; i < len(addresses); i++ {
		address := addresses[i]
		x.mu.Lock()
		_, known := x.answers[address]
		x.mu.Unlock()
		if known {
			continue
		}
		if !first && !pause(ctx, hostPause) {
			return
		}
		first = false
		a, retry := x.ask(ctx, address)
		if ctx.Err() != nil {
			return
		}
		if a.Status == http.StatusTooManyRequests || a.Status == http.StatusServiceUnavailable && retry > 0 {
			if waited || retry > longestWait || !pause(ctx, max(retry, hostPause)) {
				return
			}
			waited = true
			i--
			continue
		}
		x.mu.Lock()
		x.answers[address] = a
		x.mu.Unlock()
	}
}

// pause waits, unless the check ends before.
func pause(ctx context.Context, d time.Duration) bool {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return false
	case <-timer.C:
		return true
	}
}

// ask asks for an address: for its head, and for the page itself where a host does not answer
// that as it should. retry is how long the host wants to be left alone.
func (x *External) ask(ctx context.Context, address string) (a answer, retry time.Duration) {
	for _, method := range []string{http.MethodHead, http.MethodGet} {
		a, retry = x.question(ctx, method, address)
		if a.Status != 0 && a.Status < 400 || a.Status == http.StatusTooManyRequests || retry > 0 || ctx.Err() != nil {
			break
		}
	}
	return a, retry
}

func (x *External) question(ctx context.Context, method, address string) (a answer, retry time.Duration) {
	a.At = x.now()
	ctx, cancel := context.WithTimeout(ctx, answerTime)
	defer cancel()
	request, err := http.NewRequestWithContext(ctx, method, address, nil)
	if err != nil {
		a.Fault = "it is no address"
		return a, 0
	}
	request.Header.Set("User-Agent", cmp.Or(x.UserAgent, "Stoa (link check)"))
	request.Header.Set("Accept", "text/html,*/*;q=0.8")
	moved, forGood := "", true
	client := *cmp.Or(x.Client, publicClient)
	client.CheckRedirect = func(next *http.Request, via []*http.Request) error {
		if len(via) >= 10 {
			return errTooMany
		}
		if next.URL.Scheme != "https" && next.URL.Scheme != "http" {
			return errScheme
		}
		code := next.Response.StatusCode
		forGood = forGood && (code == http.StatusMovedPermanently || code == http.StatusPermanentRedirect)
		if forGood {
			moved = next.URL.String()
		}
		return nil
	}
	response, err := client.Do(request)
	if err != nil {
		a.Fault = unanswered(err)
		return a, 0
	}
	response.Body.Close() // what the page says is nobody's business here
	a.Status = response.StatusCode
	if a.Status < 400 && moved != "" && worthSaying(address, moved) {
		a.Moved = moved
	}
	return a, retryAfter(response.Header.Get("Retry-After"), a.At)
}

// worthSaying tells whether a new address is one that an author would write: not a page to
// log in, or the old address with a slash.
func worthSaying(from, to string) bool {
	plain := func(address string) string {
		address = strings.TrimPrefix(address, "https://")
		return strings.TrimSuffix(strings.TrimPrefix(address, "www."), "/")
	}
	lower := strings.ToLower(to)
	return plain(from) != plain(to) && !strings.Contains(lower, "login") && !strings.Contains(lower, "signin") && !strings.Contains(lower, "consent")
}

// retryAfter reads seconds or a date (RFC 9110, section 10.2.3).
func retryAfter(text string, now time.Time) time.Duration {
	if seconds, err := strconv.Atoi(text); err == nil && seconds >= 0 && seconds < 1<<30 {
		return time.Duration(seconds) * time.Second
	}
	if at, err := http.ParseTime(text); err == nil {
		return max(0, at.Sub(now))
	}
	return 0
}

var (
	errTooMany = errors.New("it leads from one address to the next without end")
	errScheme  = errors.New("it leads to what is not a web page")
	errPrivate = errors.New("the address is one of a private network")
)

// unanswered says in words why there was no answer.
func unanswered(err error) string {
	var dns *net.DNSError
	var timeout net.Error
	for _, known := range []error{errTooMany, errScheme, errPrivate} {
		if errors.Is(err, known) {
			return known.Error()
		}
	}
	switch {
	case errors.As(err, &dns) && dns.IsNotFound:
		return "there is no such host"
	case errors.Is(err, context.DeadlineExceeded), errors.As(err, &timeout) && timeout.Timeout():
		return fmt.Sprintf("the host did not answer within %d seconds", int(answerTime.Seconds()))
	case strings.Contains(err.Error(), "x509:") || strings.Contains(err.Error(), "tls:"):
		return "browsers do not trust the host's certificate"
	}
	return "the host does not answer"
}

// publicClient reaches public addresses only: profiles come from strangers, and the machine that
// checks them may see hosts that strangers must not.
var publicClient = &http.Client{Transport: &http.Transport{
	DialContext: (&net.Dialer{Timeout: answerTime, Control: func(_, address string, _ syscall.RawConn) error {
		at, err := netip.ParseAddrPort(address)
		if err != nil || !isPublic(at.Addr().Unmap()) {
			return errPrivate
		}
		return nil
	}}).DialContext,
	TLSHandshakeTimeout: answerTime, MaxIdleConnsPerHost: 1, ForceAttemptHTTP2: true,
	MaxResponseHeaderBytes: 64 << 10,
}}

// isPublic tells whether an address is one of the open internet (RFC 6890; 100.64.0.0/10 is
// shared among the customers of a provider, RFC 6598).
func isPublic(a netip.Addr) bool {
	return a.IsGlobalUnicast() && !a.IsPrivate() && !netip.MustParsePrefix("100.64.0.0/10").Contains(a) &&
		!netip.MustParsePrefix("192.0.0.0/24").Contains(a) && !netip.MustParsePrefix("198.18.0.0/15").Contains(a) &&
		!netip.MustParsePrefix("64:ff9b::/96").Contains(a)
}

// A reference is an address elsewhere, and where it is written.
type reference struct {
	address string
	place   diag.Place
}

// externalLinks lists the addresses elsewhere that a portal publishes, without the fragment,
// which hosts are not told.
func externalLinks(p *portal.Portal) []reference {
	var links []reference
	add := func(address string, place diag.Place) {
		if strings.HasPrefix(address, "https://") || strings.HasPrefix(address, "http://") {
			address, _, _ = strings.Cut(address, "#")
			links = append(links, reference{address, place})
		}
	}
	for _, t := range textsOf(p) {
		if t.document != nil {
			for _, link := range t.document.Links() {
				if link.Kind == markdown.External {
					add(link.URL, link.Place)
				}
			}
		}
		if t.address() {
			add(t.value, t.locate(0))
		}
	}
	add(string(p.Config.Contact), p.Config.Place("contact"))
	add(string(p.Config.Repository.URL), p.Config.Place("repository.url"))
	for i, item := range p.Config.Menu.Main {
		add(string(item.URL), p.Config.Place(fmt.Sprintf("menu.main[%d].url", i)))
	}
	for i, item := range p.Config.Menu.Footer {
		add(string(item.URL), p.Config.Place(fmt.Sprintf("menu.footer[%d].url", i)))
	}
	return links
}
