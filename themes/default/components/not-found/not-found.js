// Who followed a link to a profile that is gone is told so, and not that an address may be
// mistyped. The site keeps no list of the people it no longer lists: the address says enough.
import { base, t } from "./site.js";

const path = location.pathname.slice(base.pathname.length);
const title = document.querySelector("[data-no-page] h1");
const text = document.querySelector("[data-no-page] p");

if (title && text && /^([a-z]{2,3}(-[A-Za-z0-9]+)*\/)?mentors\/[^/]+\/?$/.test(path)) {
  document.title = document.title.replace(title.textContent, t("not_found.mentor_title"));
  title.textContent = t("not_found.mentor_title");
  text.textContent = t("not_found.mentor_text");
}
