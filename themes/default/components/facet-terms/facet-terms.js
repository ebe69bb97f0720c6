// The terms of a facet that the page does not list: those that an address names, and those that
// are found by the letters of their names. They come from the index.
import { make, t } from "./site.js";
import { fold, searchIndex } from "./search-index.js";

const mostFound = 30;

async function terms(facet) {
  facet.all ??= (await searchIndex()).terms(facet.name);
  return facet.all;
}

// A row that the page does not have.
function added(facet, { id, label, count }) {
  if (facet.rows.has(id)) return facet.rows.get(id);
  const row = facet.row(id, [
    make("span", {}, label), " ",
    make("span", { class: "count" }, make("span", { "aria-hidden": "true" }), make("span", { class: "visually-hidden" })),
  ]);
  row.first = count;
  row.item = make("li", { hidden: true }, row.label);
  facet.list.append(row.item);
  facet.number(row);
  return row;
}

/** What a term is called, or undefined for one that there is not. */
export async function named(facet, id) {
  if (!facet.rows.has(id)) {
    const term = (await terms(facet)).find((other) => other.id === id);
    if (term) added(facet, term);
  }
  return facet.text(id);
}

/** Makes the field of a long facet find its terms. */
export function findIn(facet) {
  facet.none = make("p", { class: "facet-none", role: "status" });
  facet.find.parentElement.after(facet.none);
  facet.find.addEventListener("input", () => narrow(facet));
  terms(facet).catch(() => {}); // the rows that are there can be searched without the index
  if (facet.find.value) narrow(facet);
}

// Shows the terms whose names or aliases have the letters that were typed, and those chosen.
async function narrow(facet) {
  const text = facet.find.value.trim();
  const all = text ? await terms(facet).catch(() => []) : [];
  if (text !== facet.find.value.trim()) return;
  const wanted = fold(text);
  const fitting = all.filter(({ label, aliases = [] }) => [label, ...aliases].some((name) => fold(name).includes(wanted))).slice(0, mostFound);
  const found = new Set(fitting.map((term) => added(facet, term)));
  for (const row of facet.rows.values()) {
    const fits = text ? found.has(row) || fold(facet.text(row.id)).includes(wanted) : row.still;
    if (fits) found.add(row);
    row.item.hidden = !fits && !row.box.checked;
  }
  facet.none.textContent = found.size ? "" : t("directory.find_none");
}
