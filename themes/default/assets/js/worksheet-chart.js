// Draws what a worksheet asks twice, before and after: a table with a small picture in each row, so
// that the numbers stand beside what shows them.
import { make, svg, t } from "./site.js";

/** The chart of the worksheet's scales as elements; none where there is nothing to show. */
export function chart(fields, values) {
  const rows = [];
  for (const field of fields) {
    const after = field.type === "scale" && field.id.endsWith("-before") && fields.find((other) => other.id === field.id.replace(/-before$/, "-after"));
    if (!after || !values[field.id] && !values[after.id]) continue;
    const steps = [...field.element.querySelectorAll("input")].map((box) => Number(box.value));
    rows.push(row(common(field.label, after.label), Number(values[field.id] || NaN), Number(values[after.id] || NaN), Math.min(...steps), Math.max(...steps)));
  }
  if (rows.length === 0) return [];
  return [
    make("h2", { id: "chart-title" }, t("sheet.chart")),
    make("table", { class: "chart-table", "aria-labelledby": "chart-title" },
      make("thead", {}, make("tr", {}, make("th", { scope: "col" }, t("sheet.question")), make("th", { scope: "col" }, t("sheet.before")),
        make("td", { class: "chart-head" }), make("th", { scope: "col" }, t("sheet.after")))),
      make("tbody", {}, rows)),
  ];
}

// What both labels begin with: "Asking for help: now" and "Asking for help: later".
function common(a, b) {
  let i = 0;
  while (i < a.length && a[i] === b[i]) i++;
  return a.slice(0, i).replace(/[\s:,;(–—-]+$/u, "") || a;
}

function row(label, before, after, least, most) {
  const x = (value) => 10 + (120 * (value - least)) / (most - least || 1);
  const picture = svg("svg", { viewBox: "0 0 140 20", width: 140, height: 20, class: "chart-row", "aria-hidden": "true" },
    svg("line", { x1: 10, y1: 10, x2: 130, y2: 10, class: "chart-axis" }));
  const has = (value) => !Number.isNaN(value);
  if (has(before) && has(after) && before !== after) picture.append(svg("line", { x1: x(before), y1: 10, x2: x(after), y2: 10, class: "chart-way" }));
  if (has(before)) picture.append(svg("circle", { cx: x(before), cy: 10, r: 6, class: "chart-before" }));
  if (has(after)) picture.append(svg("circle", { cx: x(after), cy: 10, r: 6, class: "chart-after" }));
  const figure = (value) => (has(value) ? String(value) : "–");
  return make("tr", {}, make("th", { scope: "row" }, label), make("td", { class: "number" }, figure(before)), make("td", { class: "chart-cell" }, picture), make("td", { class: "number" }, figure(after)));
}
