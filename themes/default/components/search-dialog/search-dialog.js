// The search dialog: a combobox as the ARIA Authoring Practices describe it. The focus stays in
// the field; arrows move through what is listed, Enter goes there, or to the search page.
import { make, icon, t } from "./site.js";
import { explain, oneAtATime } from "./search-index.js";
import { correction, isCurrent } from "./search-marks.js";
import { address, hitParts, kinds, termAddress } from "./search-results.js";

const shownOfKind = 4;
const shownTerms = 4;

let dialog;
let page; // address of the search page

/** Opens the dialog. The address is that of the search page, where Enter leads. */
export function openSearch(searchPage) {
  page = searchPage;
  dialog ??= build();
  if (!dialog.open) dialog.showModal();
  field.select();
}

let field, note, list, all, status;
let options = [];
let active = -1;
const run = oneAtATime(() => say(t("search.loading")));

function build() {
  field = make("input", {
    type: "text", name: "q", id: "search-dialog-q", role: "combobox", "aria-expanded": "false", "aria-controls": "search-options", "aria-autocomplete": "list",
    autocomplete: "off", autocapitalize: "none", spellcheck: "false", inputmode: "search", enterkeyhint: "search", maxlength: "10000", placeholder: t("search.hint"), autofocus: true,
  });
  note = make("div", { class: "search-dialog-note" });
  list = make("div", { role: "listbox", id: "search-options", "aria-label": t("search.label"), hidden: true });
  all = make("p", { class: "search-dialog-all", hidden: true });
  status = make("p", { class: "visually-hidden", role: "status" });
  const close = make("button", { type: "button", class: "search-dialog-close" }, icon("close"), make("span", { class: "visually-hidden" }, t("search.close")));
  const form = make("form", { role: "search", action: page, class: "search-dialog-form" },
    make("label", { for: "search-dialog-q", class: "visually-hidden" }, t("search.label")), icon("search"), field, close);
  const built = make("dialog", { class: "search-dialog", "aria-label": t("search.label") }, form, status, make("div", { class: "search-dialog-body" }, note, list, all));
  close.addEventListener("click", () => built.close());
  built.addEventListener("click", (event) => {
    if (event.target === built) built.close(); // outside of it
  });
  form.addEventListener("submit", (event) => {
    if (active < 0 && field.value.trim()) return;
    event.preventDefault();
    options[active]?.click();
  });
  field.addEventListener("input", () => search(field.value));
  field.addEventListener("keydown", onKey);
  document.body.append(built);
  return built;
}

function onKey(event) {
  if (event.isComposing) return;
  if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    event.preventDefault();
    if (options.length) move(event.key === "ArrowDown" ? active + 1 : active - 1);
  } else if (event.key === "Escape" && active >= 0) {
    event.preventDefault();
    move(-1);
  }
}

// Beyond either end is the field itself.
function move(to) {
  options[active]?.removeAttribute("aria-selected");
  active = to < -1 ? options.length - 1 : to >= options.length ? -1 : to;
  const option = options[active];
  if (option) {
    option.setAttribute("aria-selected", "true");
    option.scrollIntoView({ block: "nearest" });
    field.setAttribute("aria-activedescendant", option.id);
  } else {
    field.removeAttribute("aria-activedescendant");
  }
}

let telling;

// Tells what was found when typing pauses.
function say(text, ...more) {
  note.replaceChildren(...(text || more.length ? [make("p", {}, text), ...more] : []));
  tell(text);
}

function tell(text) {
  clearTimeout(telling);
  telling = setTimeout(() => (status.textContent = text), 600);
}

async function search(text) {
  const q = text.trim();

  if (!q) {
    show([], []);
    say("");
    return;
  }
  try {
    await run(async (index, signal, arrived) => {
      const [found, terms] = await Promise.all([
        index.search({ q, kinds, count: 24, signal }),
        index.suggest(q, { count: 12, signal }).catch(() => []),
      ]);
      if (signal.aborted) return;
      arrived();
      if (found.total) showFound(q, found, terms);
      else await showNothing(q, index, signal);
    });
  } catch (error) {
    show([], []);
    const again = make("button", { type: "button", class: "button quiet" }, t("search.retry"));
    again.addEventListener("click", () => {
      field.focus();
      search(field.value);
    });
    say(explain(error), again);
  }
}

function showFound(q, found, suggested) {
  const groups = [];
  const terms = suggested.filter(({ type }) => type === "term").slice(0, shownTerms);
  if (terms.length) groups.push([t("search_kind.term"), terms.map((term) => [termAddress(term), [icon("filter"), make("span", { class: "hit-title" }, term.label)]])]);
  for (const kind of new Set(found.hits.map((hit) => hit.kind))) {
    const hits = found.hits.filter((hit) => hit.kind === kind && isCurrent(hit)).slice(0, shownOfKind);
    groups.push([t(`search_kind.${kind}`), hits.map((hit) => [address(hit.url), hitParts(hit, found.words)])]);
  }
  show(groups);
  const rest = new URL(page);
  rest.searchParams.set("q", q);
  all.replaceChildren(make("a", { href: rest.href }, t("search.all", { query: q }), " ", make("span", { class: "count" }, t("search.results", { count: found.total }))));
  all.hidden = false;
  if (found.corrected) {
    rest.searchParams.set("literal", "1");
    note.replaceChildren(correction(found.corrected, rest.href));
    tell(`${t("search.corrected", found.corrected)} ${t("search.results", { count: found.total })}`);
  } else {
    note.replaceChildren();
    tell(t("search.results", { count: found.total }));
  }
}

async function showNothing(q, index, signal) {
  const near = await index.nearest(q, { count: 5, signal }).catch(() => []);
  if (signal.aborted) return;
  show(near.length ? [[t("search.near"), near.map((word) => [`${page}?${new URLSearchParams({ q: word })}`, [icon("search"), make("span", { class: "hit-title" }, word)]])]] : []);
  say(t("search.none", { query: q }));
}

// Lists groups: each a heading, and pairs of an address and what is shown of it.
function show(groups) {
  options = [];
  active = -1;
  field.removeAttribute("aria-activedescendant");
  all.hidden = true;
  list.replaceChildren(...groups.map(([label, entries], i) => {
    const heading = make("div", { id: `search-group-${i}`, class: "eyebrow", role: "presentation" }, label);
    const links = entries.map(([href, parts]) => make("a", { href, role: "option", tabindex: "-1", class: "hit" }, parts));
    for (const link of links) {
      link.id = `search-option-${options.length}`;
      options.push(link);
    }
    return make("div", { role: "group", "aria-labelledby": heading.id }, heading, links);
  }));
  list.hidden = !options.length;
  field.setAttribute("aria-expanded", String(options.length > 0));
}
