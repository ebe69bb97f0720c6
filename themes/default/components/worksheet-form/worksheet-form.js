// Fills in a worksheet: keeps every keystroke on the device, shows what another tab wrote, adds and
// takes away rows, draws what was asked before and after, and takes the answers along.
//
// The form stands in the page already. One worksheet may be filled in several times (a session
// log for every meeting); #copy=<id> says which copy is meant, and without it the last one is.
import { day, home, locale, make, t } from "./site.js";
import { get, list, remove, set, state, watch } from "./device.js";
import { edit, fresh } from "./plan.js";
import { exportOne, linkTo } from "./exchange.js";
import { toMarkdown } from "./outline.js";
import { button, copyRich, copyText, download, fileName, sayReason, sayRemoved } from "./take.js";
import { chart } from "./worksheet-chart.js";

const sheet = document.querySelector("[data-worksheet]");
const bar = document.querySelector("[data-sheet-bar]");
const end = document.querySelector("[data-sheet-after]");
const fields = [...sheet.querySelectorAll("[data-field]")].map(readField);
let record = wanted();
let told = "";

function readField(element) {
  const label = (element.querySelector(":scope > .field-label span:not(.field-required)") ?? element.querySelector(":scope > .field-label")).cloneNode(true);
  label.querySelector(".field-required")?.remove();
  return { element, id: element.dataset.field, type: element.dataset.type, label: label.textContent.trim() };
}

function copies() {
  return list("worksheet")
    .map(([, copy]) => copy)
    .filter((copy) => copy.worksheet === sheet.dataset.worksheet)
    .sort((a, b) => (a.updated < b.updated ? 1 : -1));
}

function wanted() {
  const id = new URLSearchParams(location.hash.slice(1)).get("copy");
  if (id === "new") return blank();
  const kept = id ? get("worksheet", id) : copies()[0];
  return kept?.worksheet === sheet.dataset.worksheet ? kept : blank();
}

// A copy that nothing was written into is not kept.
function blank() {
  return fresh({ worksheet: sheet.dataset.worksheet, kind: sheet.dataset.kind, title: sheet.dataset.title, labels: {}, values: {} });
}

const controls = (field) => [...field.element.querySelectorAll("input, textarea")];

function rowsOf(field) {
  const rows = field.type === "table" ? field.element.querySelectorAll("tbody tr") : field.element.querySelectorAll(".answer-list > li");
  return [...rows].map((row) => [...row.querySelectorAll("textarea")]);
}

function value(field) {
  const boxes = controls(field);
  switch (field.type) {
    case "scale":
    case "choice":
      return boxes.find((box) => box.checked)?.value ?? "";
    case "checkbox":
      return field.element.matches("fieldset") ? boxes.filter((box) => box.checked).map((box) => box.value) : boxes[0].checked;
    case "list":
      return withoutEnd(rowsOf(field).map(([area]) => area.value), (text) => text === "");
    case "table":
      return withoutEnd(rowsOf(field).map((row) => row.map((area) => area.value)), (row) => row.every((text) => text === ""));
  }
  return boxes[0].value;
}

function withoutEnd(items, isEmpty) {
  const last = items.findLastIndex((item) => !isEmpty(item));
  return items.slice(0, last + 1);
}

function show(field, value) {
  const boxes = controls(field);
  switch (field.type) {
    case "scale":
    case "choice":
      if (value && !boxes.some((box) => box.value === value)) addOption(field, value);
      for (const box of controls(field)) box.checked = box.value === value;
      return;
    case "checkbox":
      if (!field.element.matches("fieldset")) {
        boxes[0].checked = value === true;
        return;
      }
      for (const text of value || []) if (!boxes.some((box) => box.value === text)) addOption(field, text);
      for (const box of controls(field)) box.checked = (value || []).includes(box.value);
      return;
    case "list":
    case "table": {
      const rows = Array.isArray(value) ? value : [];
      while (rowsOf(field).length < rows.length) addRow(field);
      rowsOf(field).forEach((areas, i) => areas.forEach((area, j) => write(area, [rows[i] ?? ""].flat()[j] ?? "")));
      return;
    }
  }
  write(boxes[0], value ?? "");
}

// Does not touch what is being written in, so that no caret jumps.
function write(control, text) {
  if (control.value !== text) control.value = text;
  mirror(control);
}

// On paper a control cannot grow with its text; a copy of the text can.
function mirror(control) {
  if (control.matches("[type=radio], [type=checkbox]")) return;
  let copy = control.nextElementSibling;
  if (!copy?.matches(".written")) {
    copy = make("span", { class: "written", "aria-hidden": "true" });
    control.after(copy);
    control.classList.add("is-mirrored");
  }
  copy.textContent = control.type === "date" && control.value ? day(control.value) : control.value;
}

// An answer that the worksheet no longer offers, or offers in another language, stays an answer.
function addOption(field, text) {
  const items = field.element.querySelector("ul, ol");
  const item = items.querySelector("li").cloneNode(true);
  item.querySelector("input").value = text;
  item.querySelector("span").textContent = text;
  items.insertBefore(item, items.querySelector(".clear"));
}

function addRow(field) {
  const rows = field.type === "table" ? field.element.querySelector("tbody") : field.element.querySelector(".answer-list");
  const row = rows.lastElementChild.cloneNode(true);
  for (const area of row.querySelectorAll("textarea")) area.value = "";
  for (const copy of row.querySelectorAll(".written")) copy.textContent = "";
  rows.append(row);
  number(field);
  return row;
}

// Controls of a row are called by its number.
function number(field) {
  const heads = [...field.element.querySelectorAll("thead th:not(.row-tools)")].map((head) => head.textContent);
  rowsOf(field).forEach((areas, i) => areas.forEach((area, j) => area.setAttribute("aria-label", field.type === "table"
    ? t("worksheet.cell", { column: heads[j], row: i + 1 }) : t("worksheet.line", { number: i + 1 }))));
}

function offerRows(field) {
  const add = button(t(field.type === "table" ? "sheet.add_row" : "sheet.add_line"), () => {
    addRow(field).querySelector("textarea").focus();
  }, "button quiet");
  const less = button(t("sheet.remove_row"), () => {
    const rows = rowsOf(field);
    const last = rows.at(-1);
    if (rows.length < 2) return;
    const before = last.map((area) => area.value);
    last[0].closest("tr, li").remove();
    keep(field);
    if (before.some(Boolean)) {
      sayRemoved(t("sheet.row_removed"), () => {
        addRow(field).querySelectorAll("textarea").forEach((area, i) => write(area, before[i]));
        keep(field);
      });
    }
  }, "button quiet");
  field.element.append(make("p", { class: "row-tools" }, add, " ", less));
}

function offerClear(field) {
  const clear = button(t("sheet.clear"), () => {
    for (const box of controls(field)) box.checked = false;
    keep(field);
    controls(field)[0].focus();
  }, "text-button");
  field.clear = make("li", { class: "clear", hidden: true }, clear);
  field.element.querySelector("ul, ol").append(field.clear);
}

function keep(field) {
  const [kept, reason] = edit("worksheet", record, (copy) => {
    copy.values[field.id] = value(field);
    copy.labels = { ...copy.labels, [field.id]: field.label };
    copy.title = sheet.dataset.title;
  }, ["values", field.id]);
  const isNew = location.hash !== `#copy=${kept.id}`;
  record = kept;
  if (reason !== told) sayReason(told = reason);
  if (isNew) {
    history.replaceState(null, "", `#copy=${kept.id}`);
    showBar();
  }
  showAfter(field);
}

function showAfter(field) {
  if (field.clear) field.clear.hidden = !value(field);
  if (field.type === "scale") drawing.replaceChildren(...chart(fields, record.values));
}

function fill() {
  for (const field of fields) {
    show(field, record.values[field.id]);
    if (field.clear) field.clear.hidden = !value(field);
  }
  drawing.replaceChildren(...chart(fields, record.values));
  showBar();
  showGone();
}

// Answers to questions that the worksheet asked once.
function showGone() {
  const gone = Object.entries(record.values).filter(([id, answer]) => !fields.some((field) => field.id === id) && [answer].flat(2).some(Boolean));
  rest.replaceChildren(...(gone.length === 0 ? [] : [
    make("h2", { class: "minor" }, t("sheet.gone")),
    make("dl", {}, gone.flatMap(([id, answer]) => [make("dt", {}, record.labels?.[id] ?? id), make("dd", {}, [answer].flat(2).join(", "))])),
  ]));
}

function dateOf(copy) {
  return new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeStyle: "short" }).format(new Date(copy.updated));
}

function showBar() {
  const all = copies();
  const isKept = all.some((copy) => copy.id === record.id);
  status.textContent = t(state() === "device" ? "sheet.kept" : `device.${state()}`);
  const parts = [status];
  if (all.length > 1 || all.length === 1 && !isKept) {
    const choice = make("select", { id: "sheet-copies" }, all.map((copy) => make("option", { value: copy.id, selected: copy.id === record.id }, t("sheet.copy", { date: dateOf(copy) }))));
    if (!isKept) choice.prepend(make("option", { value: "new", selected: true }, t("sheet.blank")));
    choice.addEventListener("change", () => { location.hash = `copy=${choice.value}`; });
    parts.push(make("label", { for: "sheet-copies" }, t("sheet.copies"), " ", choice));
  }
  if (isKept) {
    parts.push(button(t("sheet.another"), () => { location.hash = "copy=new"; }));
    parts.push(button(t("sheet.delete"), discard));
  }
  parts.push(make("a", { href: new URL("my/", home).href }, t("sheet.my")));
  bar.replaceChildren(...parts);
}

function discard() {
  const gone = record;
  remove("worksheet", gone.id);
  record = blank();
  history.replaceState(null, "", "#copy=new");
  fill();
  sayRemoved(t("sheet.deleted"), () => {
    sayReason(set("worksheet", gone.id, gone));
    record = gone;
    history.replaceState(null, "", `#copy=${gone.id}`);
    fill();
  });
}

function outline() {
  const blocks = [["h1", sheet.dataset.title]];
  for (const section of sheet.querySelectorAll(":scope > section")) {
    const heading = section.querySelector(":scope > h2")?.textContent;
    const inside = fields.filter((field) => section.contains(field.element)).flatMap(answerBlocks);
    if (inside.length > 0) blocks.push(...(heading ? [["h2", heading]] : []), ...inside);
  }
  return blocks;
}

function answerBlocks(field) {
  const answer = value(field);
  if (field.type === "checkbox" && typeof answer === "boolean") return [["boxes", [{ done: answer, text: field.label }]]];
  if ([answer].flat(2).every((text) => !text)) return [];
  if (field.type === "table") {
    const head = [...field.element.querySelectorAll("thead th")].map((cell) => cell.textContent);
    return [["h3", field.label], ["table", { head, rows: answer }]];
  }
  return [["h3", field.label], Array.isArray(answer) ? ["ul", answer] : ["p", answer]];
}

const status = make("p", { class: "sheet-status", role: "status" });
const drawing = make("section", { class: "sheet-chart" });
const rest = make("section", { class: "sheet-gone" });

for (const field of fields) {
  if (field.type === "list" || field.type === "table") offerRows(field);
  if (field.type === "choice" || field.type === "scale") offerClear(field);
}
end.append(drawing, rest, make("p", { class: "actions" },
  button(t("take.rich"), () => copyRich(outline())),
  button(t("take.markdown"), () => download(fileName(sheet.dataset.title, "md"), "text/markdown", toMarkdown(outline()))),
  button(t("take.file"), () => download(fileName(sheet.dataset.title, "json"), "application/json", exportOne("worksheet", record))),
  button(t("take.link"), async () => copyText(await linkTo("worksheet", record))),
  button(t("take.print"), () => print()),
));
bar.hidden = end.hidden = false;
fill();

sheet.addEventListener("input", (event) => {
  const field = fields.find((field) => field.element.contains(event.target));
  if (!field) return;
  mirror(event.target);
  keep(field);
});
addEventListener("hashchange", () => {
  record = wanted();
  fill();
});
watch((kind, id, elsewhere) => {
  if (!elsewhere || kind !== "worksheet") return;
  const now = get("worksheet", record.id);
  if (id !== record.id || !now) return showBar();
  record = now;
  for (const field of fields) {
    if (!field.element.contains(document.activeElement)) show(field, record.values[field.id]);
  }
  drawing.replaceChildren(...chart(fields, record.values));
});
