/**
 * An old address: goes to the new one and takes along what the visitor's link names there, a
 * heading or a filter. The page's meta element leads on by itself, but drops them. What
 * the new address names wins (RFC 9110, section 10.2.2).
 */
const to = new URL(document.getElementById("moved").href);
if (to.host === location.host) to.search ||= location.search;
to.hash ||= location.hash;
location.replace(to);
