// What a visitor asked the directory for, as it stands in the address:
// ?q=…&skills=python&skills=go&sort=name&page=2. Nothing else is kept, so that an address can be
// sent to somebody, and Back and reload show the same again.

/** A list without any wish. filters holds the chosen terms of each facet, in the order of choosing. */
export function nothing() {
  return { q: "", filters: new Map(), sort: "", page: 1, literal: false };
}

/** Reads the query of an address. facets are the names that the directory knows; what else there is, is not read. */
export function read(query, facets) {
  const state = nothing();
  const given = new URLSearchParams(query);
  state.q = given.get("q")?.trim() ?? "";
  for (const name of facets) {
    const terms = [...new Set(given.getAll(name).filter(Boolean))];
    if (terms.length) state.filters.set(name, terms);
  }
  const sort = given.get("sort") ?? "";
  state.sort = ["fair", "name", "newest"].includes(sort) || (sort === "best" && state.q) ? sort : "";
  state.page = Math.max(1, Math.trunc(Number(given.get("page"))) || 1);
  state.literal = given.get("literal") === "1" && state.q !== "";
  return state;
}

/** The query that says the same, "" for a list without any wish. */
export function write({ q, filters, sort, page, literal }) {
  const query = new URLSearchParams();
  if (q) query.set("q", q);
  for (const [name, terms] of filters) for (const term of terms) query.append(name, term);
  if (sort) query.set("sort", sort);
  if (literal) query.set("literal", "1");
  if (page > 1) query.set("page", page);
  const text = query.toString();
  return text && `?${text}`;
}

/** The same with changes; without saying otherwise, from the first page. */
export function change(state, changes) {
  return { ...state, filters: new Map(state.filters), page: 1, ...changes };
}

/** The same with a term chosen, or no longer. */
export function choose(state, facet, term, chosen) {
  const next = change(state, {});
  const terms = (next.filters.get(facet) ?? []).filter((other) => other !== term);
  if (chosen) terms.push(term);
  if (terms.length) next.filters.set(facet, terms);
  else next.filters.delete(facet);
  return next;
}

/** Whether nothing narrows the list. */
export function isOpen({ q, filters }) {
  return !q && filters.size === 0;
}

/** The filters as the search engine takes them. */
export function asked(filters) {
  return Object.fromEntries(filters);
}
