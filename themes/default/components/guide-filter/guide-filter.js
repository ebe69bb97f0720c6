// Narrows the list of guides by audience and stage. The address says what is chosen, so that
// it can be shared and Back undoes it. A guide that names no audience, or no stage, is for all.
import { t } from "./site.js";

const form = document.querySelector(".guide-filter");
const rows = [...document.querySelectorAll(".guide-row")];
const names = ["audience", "stages"];

function chosen() {
  const data = new FormData(form);
  return new Map(names.map((name) => [name, data.getAll(name)]));
}

function fits(row, choice) {
  return names.every((name) => {
    const wanted = choice.get(name);
    const own = row.dataset[name].split(" ").filter(Boolean);
    return wanted.length === 0 || own.length === 0 || own.some((value) => wanted.includes(value));
  });
}

function show() {
  const choice = chosen();
  const any = names.some((name) => choice.get(name).length > 0);
  for (const row of rows) row.hidden = !fits(row, choice);
  for (const part of document.querySelectorAll(".shelf, .shelf-part")) {
    part.hidden = any && !part.querySelector(".guide-row:not([hidden])");
  }
  form.querySelector("[role=status]").textContent = any ? t("guides.found", { count: rows.filter((row) => !row.hidden).length }) : "";
  form.querySelector("[type=reset]").hidden = !any;
}

/** Ticks what the address says. */
function read() {
  const query = new URLSearchParams(location.search);
  for (const box of form.querySelectorAll("input")) box.checked = query.getAll(box.name).includes(box.value);
  show();
}

function write() {
  const query = new URLSearchParams(location.search);
  for (const name of names) query.delete(name);
  for (const [name, values] of chosen()) for (const value of values) query.append(name, value);
  const address = query.size > 0 ? `?${query}` : location.pathname;
  history.pushState(null, "", address + location.hash);
  show();
}

if (form && rows.length > 0) {
  form.hidden = false;
  form.addEventListener("change", write);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", (event) => {
    event.preventDefault();
    for (const box of form.querySelectorAll("input")) box.checked = false;
    write();
    form.querySelector("input").focus();
  });
  addEventListener("popstate", read);
  addEventListener("pageshow", read);
  read();
}
