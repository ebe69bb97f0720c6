// The facets of the directory with a script: each link to a term's page becomes a box to tick,
// in the same place and of the same size. On a term's page they stay links, and lead to the
// directory with both terms chosen.
import { locale, make, t } from "./site.js";

const numbers = new Intl.NumberFormat(locale, { useGrouping: "min2" });

// A Facet is one <details> and the rows of its terms.
class Facet {
  constructor(details, onChoose) {
    this.details = details;
    this.pristine = details.cloneNode(true);
    this.name = details.dataset.facet;
    this.label = details.querySelector("summary span").textContent;
    this.list = details.querySelector("ul");
    this.find = details.querySelector(".facet-find input");
    this.rows = new Map(); // by term
    this.onChoose = onChoose;
    this.counts = null; // the last ones given
  }

  /** Makes links boxes. */
  decorate() {
    for (const link of this.list.querySelectorAll("a[data-term]")) {
      const row = this.row(link.dataset.term, [...link.childNodes]);
      row.first = Number(row.visible.textContent.replace(/\D/g, "")) || 0;
      row.still = true;
      link.replaceWith(row.label);
      row.item = row.label.parentElement;
    }
    const group = make("fieldset", {}, make("legend", { class: "visually-hidden" }, this.label));
    this.list.replaceWith(group);
    group.append(this.list);
    this.chosen = make("span", { class: "facet-chosen" });
    this.details.querySelector("summary").append(this.chosen);
    this.find?.addEventListener("focus", () => import("./facet-terms.js").then(({ findIn }) => findIn(this)).catch(() => {}), { once: true });
  }

  /** A row for a term: its box, its name and how many have it. */
  row(id, children) {
    const box = make("input", { type: "checkbox", name: this.name, value: id });
    const label = make("label", {}, box, children);
    const [visible, spoken] = label.querySelectorAll(".count > span");
    const row = { id, box, label, visible, spoken, first: 0, still: false };
    box.addEventListener("change", () => this.onChoose(this.name, id, box.checked));
    this.rows.set(id, row);
    return row;
  }

  number(row) {
    const count = this.counts ? this.counts[row.id] ?? 0 : row.first;
    row.visible.textContent = numbers.format(count);
    row.spoken.textContent = t("mentors.count", { count });
    row.label.classList.toggle("is-none", count === 0);
  }

  text(id) {
    return this.rows.get(id)?.label.querySelector("span").textContent;
  }

  show(chosen) {
    if (chosen.length && !this.shown) this.details.open = true; // the first time; after that it is the visitor's
    this.shown = true;
    for (const row of this.rows.values()) {
      row.box.checked = chosen.includes(row.id);
      if (row.box.checked) row.item.hidden = false;
    }
    this.chosen.replaceChildren(...(chosen.length ? [make("span", { "aria-hidden": "true" }, numbers.format(chosen.length)), make("span", { class: "visually-hidden" }, ` ${t("directory.chosen_count", { count: chosen.length })}`)] : []));
  }

  /** Writes how many there are of each term; null means as the page had it. */
  count(counts) {
    this.counts = counts;
    for (const row of this.rows.values()) this.number(row);
  }

  /** Makes boxes links again: the search cannot be used, and each link has a page. */
  restore() {
    this.pristine.open = this.details.open;
    this.pristine.querySelector(".facet-find")?.remove();
    this.details.replaceWith(this.pristine);
  }
}

/** The facets below root. onChoose(facet, term, chosen) is called when a box is ticked. */
export function decorateFacets(root, onChoose) {
  const facets = new Map();
  for (const details of root.querySelectorAll("details[data-facet]")) {
    const facet = new Facet(details, onChoose);
    facet.decorate();
    facets.set(facet.name, facet);
  }
  return facets;
}
