// All that is kept on the device, as a file to take along and to bring in again; what came from
// somebody else; the mode for a shared computer; and forgetting everything.
import { base, day, make, t } from "./site.js";
import { all, get, isPersistent, list, remove, set, setShared, state } from "./device.js";
import { daysBetween, dayOf, kinds, things, today } from "./plan.js";
import { bringIn, exportAll, fromFragment, readFile, Refused, settle, weigh } from "./exchange.js";
import { differences, outlineOf } from "./difference.js";
import { toElements } from "./outline.js";
import { button, download, fileName, sayReason, sayRemoved } from "./take.js";

const reminderAfter = 14; // days

function lastChange() {
  return kinds.flatMap((kind) => list(kind)).map(([, record]) => record.updated ?? "").sort().at(-1) ?? "";
}

/** Whether there is something that no file of the last two weeks has; then it is time for one. */
export function backupIsDue() {
  const [changed, exported] = [lastChange(), get("exported", "last")?.date ?? ""];
  if (!changed || changed <= exported) return false;
  const first = exported || (kinds.flatMap((kind) => list(kind)).map(([, record]) => record.created ?? record.updated ?? "").sort()[0] ?? changed);
  return daysBetween(dayOf(new Date(first)), today()) >= reminderAfter;
}

/** Writes everything to a file, and notes the day. */
export function exportPlan() {
  const date = new Date().toISOString();
  download(fileName(`${t("data.file_name")} ${today()}`, "json"), "application/json", exportAll());
  sayReason(set("exported", "last", { date }));
}

/** Shows the part of the page about the data. show(found) is called with what a file brought. */
export async function showData(place, show, forgotten) {
  const exported = get("exported", "last")?.date;
  const chooser = make("input", { type: "file", accept: ".json,application/json", id: "my-import", class: "file-input" });
  chooser.addEventListener("change", async () => {
    const file = chooser.files[0];
    if (file) show(await file.text());
    chooser.value = "";
  });
  const where = make("p", { class: "measure" }, t(`data.where_${state()}`));
  place.replaceChildren(
    where,
    make("p", {}, exported ? t("data.exported", { date: day(dayOf(new Date(exported))) }) : t("data.never_exported")),
    make("p", { class: "actions" },
      button(t("data.export"), () => {
        exportPlan();
        showData(place, show, forgotten);
      }, backupIsDue() ? "button" : "button quiet"),
      make("span", { class: "file" }, chooser, make("label", { for: "my-import", class: "button quiet" }, t("data.import"))),
      button(t("data.forget"), () => forget(forgotten), "button quiet is-remove")),
    sharedSwitch(() => showData(place, show, forgotten)),
    make("p", { class: "back" }, make("a", { href: new URL("my/plan.schema.json", base).href }, t("data.schema"))));
  if (state() === "device" && await isPersistent()) where.textContent = t("data.where_persistent");
}

function sharedSwitch(changed) {
  if (state() === "page") return "";
  const box = make("input", { type: "checkbox", id: "my-shared", "aria-describedby": "my-shared-help" });
  box.checked = state() === "tab";
  box.addEventListener("change", () => {
    const reason = setShared(box.checked);
    if (reason) box.checked = !box.checked;
    sayReason(reason);
    changed();
  });
  return make("div", {}, make("label", { class: "tick" }, box, " ", make("span", {}, t("data.shared"))), make("p", { class: "field-help", id: "my-shared-help" }, t("data.shared_help")));
}

function forget(forgotten) {
  const before = all();
  for (const [kind, id] of before) remove(kind, id);
  forgotten();
  sayRemoved(t("data.forgotten", { count: before.filter(([kind]) => things.includes(kind)).length }), () => {
    for (const [kind, id, value] of before) {
      const reason = set(kind, id, value);
      if (reason) return sayReason(reason);
    }
    forgotten();
  });
}

/** Reads a file or the part of an address that carries one, and shows in a place what came of it. finished is called when all is settled. */
export async function receive(place, text, finished, isFragment = false) {
  let found;
  try {
    found = weigh(readFile(isFragment ? await fromFragment(text) : text));
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    const box = make("div", { class: "notice", role: "alert" }, make("p", {}, make("strong", {}, t("exchange.refused")), " ", t(error.key, error.values)), make("p", {}, t("exchange.nothing_lost")));
    place.replaceChildren(box, make("p", {}, make("a", { href: "#" }, t("plan.back"))));
    return;
  }
  if (found.length === 1 && kinds.includes(found[0].kind) && (isFragment || found[0].how === "diverged" || found[0].how === "newer")) return showOne(place, found[0], finished);
  const reason = bringIn(found);
  const count = (how) => found.filter((one) => one.how === how && things.includes(one.kind)).length;
  const lines = ["new", "newer", "same", "older", "diverged"].filter((how) => count(how) > 0).map((how) => make("li", {}, t(`exchange.${how}`, { count: count(how) })));
  const open = found.filter((one) => one.how === "diverged");
  const list = make("div");
  place.replaceChildren(
    make("h2", { tabindex: "-1" }, t("exchange.title")),
    reason ? make("p", { class: "notice", role: "alert" }, t(`device.${reason}`), " ", t("exchange.nothing_lost")) : make("ul", {}, lines.length ? lines : make("li", {}, t("exchange.nothing"))),
    list, make("p", {}, make("a", { href: "#" }, t("plan.back"))));
  place.querySelector("h2").focus();
  if (!reason) for (const one of open) list.append(choice(one, () => {}));
}

// Two copies that diverged, to be settled.
function choice(one, settled) {
  const box = make("section", { class: "choice" }, make("h3", {}, outlineOf(one.kind, one.mine)[0][1]), differences(one.kind, one.mine, one.theirs));
  const act = (how) => () => {
    const reason = settle(one, how, (title) => t("exchange.copy_of", { title }));
    if (reason) return sayReason(reason);
    box.replaceChildren(make("p", { role: "status" }, t(`exchange.kept_${how}`)));
    settled(how);
  };
  box.append(make("p", { class: "actions" }, button(t("exchange.take_theirs"), act("theirs")), button(t("exchange.keep_both"), act("both")), button(t("exchange.keep_mine"), act("mine"))));
  return box;
}

// One thing from somebody else: what it says, and what to do with it.
function showOne(place, one, finished) {
  const heading = outlineOf(one.kind, one.theirs);
  const done = make("a", { href: "#" }, t("plan.back"));
  const parts = [make("p", { class: "back" }, done), make("h2", { tabindex: "-1" }, heading[0][1])];
  if (one.how === "new" || one.how === "same" || one.how === "older") {
    parts.push(make("p", {}, t(`exchange.one_${one.how}`)));
    if (one.how === "new") parts.push(make("p", { class: "actions" }, button(t("exchange.keep"), () => {
      const reason = bringIn([one]);
      if (reason) return sayReason(reason);
      finished(one);
    }, "button")));
    parts.push(make("div", { class: "received" }, toElements(heading.slice(1))));
  } else {
    parts.push(make("p", {}, t(`exchange.one_${one.how}`)), choice(one, () => finished(one)));
  }
  place.replaceChildren(...parts);
  place.querySelector("h2").focus();
}
