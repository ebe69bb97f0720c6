// Opens the search: by the link in the header, by Ctrl-K or Command-K, and by / where nobody is
// typing. A page with a search field of its own gets that one by /. What the dialog needs is
// loaded when it is first opened.
import { get } from "./device.js";

const link = document.querySelector(".search-link");
const field = document.querySelector("main .search-form input[type=search]");

async function open() {
  try {
    const { openSearch } = await import("./search-dialog.js");
    openSearch(link.href);
  } catch {
    location.assign(link.href); // offline, or a new version of the site: the page will say
  }
}

function isTyping(target) {
  return target.isContentEditable || target.closest?.("input:not([type=checkbox], [type=radio]), textarea, select");
}

function onKey(event) {
  if (event.defaultPrevented || event.altKey || event.isComposing || document.querySelector("dialog:modal")) return;
  const chord = (event.ctrlKey || event.metaKey) && !event.shiftKey && event.key.toLowerCase() === "k";
  const slash = event.key === "/" && !event.ctrlKey && !event.metaKey && !isTyping(event.target) && get("setting", "search-key") !== "off";
  if (!chord && !slash) return;
  event.preventDefault();
  if (field?.checkVisibility() && (slash || document.body.matches(".kind-search"))) {
    field.focus();
    field.select();
  } else {
    open();
  }
}

if (link) {
  link.setAttribute("aria-haspopup", "dialog");
  link.setAttribute("aria-keyshortcuts", "Control+K Meta+K");
  link.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey || document.body.matches(".kind-search")) return;
    event.preventDefault();
    open();
  });
  document.addEventListener("keydown", onKey);
}
