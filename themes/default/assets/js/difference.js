// Two copies of one thing side by side: what each says where they differ.
import { make, t } from "./site.js";
import { outline as goalOutline } from "./goal.js";
import { outline as sessionOutline } from "./session.js";

/** A record of any kind as an outline. */
export function outlineOf(kind, record) {
  if (kind === "goal") return goalOutline(record);
  if (kind === "session") return sessionOutline(record);
  const answers = Object.entries(record.values ?? {}).flatMap(([id, answer]) => [["h3", record.labels?.[id] ?? id], ["p", words(answer)]]);
  return [["h1", record.title || record.worksheet || record.id], ...answers];
}

function words(answer) {
  if (typeof answer === "boolean") return t(answer ? "compare.yes" : "compare.no");
  return Array.isArray(answer) ? answer.map((row) => [row].flat().join(" · ")).join("\n") : String(answer ?? "");
}

// The texts of an outline under their headings; a row of a table stands for itself.
function parts(outline) {
  const found = new Map();
  const above = ["", "", ""];
  const add = (label, text) => found.set(label, found.has(label) ? `${found.get(label)}\n${text}` : text);
  for (const [type, content] of outline) {
    const level = { h1: 0, h2: 1, h3: 2 }[type];
    const label = above[2] || above[1] || above[0];
    if (level === 0) add(t("compare.title"), content);
    else if (level) above.splice(level, 3 - level, content, ...(level === 1 ? [""] : []));
    else if (type === "table") content.rows.forEach((row) => add(label, row.filter(Boolean).join(" · ")));
    else add(label || t("compare.text"), [content].flat().join("\n"));
  }
  return found;
}

/** What differs between two copies, as a table; a sentence where nothing that shows does. */
export function differences(kind, mine, theirs) {
  const [ours, other] = [parts(outlineOf(kind, mine)), parts(outlineOf(kind, theirs))];
  const labels = [...new Set([...ours.keys(), ...other.keys()])].filter((label) => ours.get(label) !== other.get(label));
  if (labels.length === 0) return make("p", {}, t("compare.alike"));
  const cell = (text) => make("td", {}, (text ?? "").split("\n").flatMap((line, i) => (i ? [make("br"), line] : [line])));
  return make("div", { class: "table", tabindex: "0", role: "region", "aria-label": t("compare.heading") }, make("table", { class: "differences" },
    make("thead", {}, make("tr", {}, make("th", { scope: "col" }, t("compare.where")), make("th", { scope: "col" }, t("compare.mine")), make("th", { scope: "col" }, t("compare.theirs")))),
    make("tbody", {}, labels.map((label) => make("tr", {}, make("th", { scope: "row" }, label), cell(ours.get(label)), cell(other.get(label)))))));
}
