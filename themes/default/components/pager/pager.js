// Steps through the pages of a list, as pager.html writes them.
import { icon, make, t } from "./site.js";

/** The numbers of the steps: the first, the last, the current one and its neighbours; 0 is a gap. */
export function steps(current, total) {
  const numbers = [];
  let last = 0;
  for (let n = 1; n <= total; n++) {
    if (n !== 1 && n !== total && (n < current - 1 || n > current + 1)) continue;
    if (n === last + 2) numbers.push(n - 1);
    else if (n > last + 2) numbers.push(0);
    numbers.push(n);
    last = n;
  }
  return numbers;
}

/** A pager, or null for a single page. address gives the address of a page. */
export function pager(current, total, address) {
  if (total < 2) return null;
  const step = (number) => make("li", number ? {} : { "aria-hidden": "true" }, number
    ? make("a", { href: address(number), "aria-label": t("pager.page", { number }), "aria-current": number === current && "page" }, String(number))
    : "…");
  return make("nav", { class: "pager", "aria-label": t("pager.label") },
    current > 1 ? make("a", { class: "pager-step", rel: "prev", href: address(current - 1) }, icon("back"), ` ${t("pager.previous")}`) : null,
    make("ol", {}, steps(current, total).map(step)),
    current < total ? make("a", { class: "pager-step", rel: "next", href: address(current + 1) }, `${t("pager.next")} `, icon("forward")) : null);
}
