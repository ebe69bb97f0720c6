package server

import (
	"net"
	"net/netip"
	"strings"
	"sync"
)

// hosts are the names and addresses a server answers to. A page elsewhere on the web can
// make its own name stand for 127.0.0.1 and then read what is answered to that name (DNS
// rebinding); so a name that is not known to be this machine's is refused.
type hosts struct {
	mu    sync.RWMutex
	names map[string]bool
	open  bool // bound to every address of the machine: any of them may be used
}

func (h *hosts) allow(name string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.names == nil {
		h.names = make(map[string]bool)
	}
	if host := plainHost(name); host != "" {
		h.names[host] = true
	}
}

// bind allows the address of the listener.
func (h *hosts) bind(address net.Addr) {
	tcp, ok := address.(*net.TCPAddr)
	if !ok {
		return
	}
	if tcp.IP == nil || tcp.IP.IsUnspecified() {
		h.mu.Lock()
		h.open = true
		h.mu.Unlock()
		return
	}
	h.allow(tcp.IP.String())
}

// known tells whether a Host header names this machine. An address, unlike a name, is
// nobody else's to give.
func (h *hosts) known(header string) bool {
	host := plainHost(header)
	if host == "localhost" || strings.HasSuffix(host, ".localhost") { // RFC 6761, section 6.3
		return true
	}
	h.mu.RLock()
	defer h.mu.RUnlock()
	address, err := netip.ParseAddr(host)
	return err == nil && (address.Unmap().IsLoopback() || h.open) || h.names[host]
}

// plainHost leaves off the port, the brackets of an IPv6 address and a final dot.
func plainHost(header string) string {
	host := header
	if name, _, err := net.SplitHostPort(header); err == nil {
		host = name
	}
	host = strings.TrimSuffix(strings.TrimPrefix(host, "["), "]")
	return strings.ToLower(strings.TrimSuffix(host, "."))
}
