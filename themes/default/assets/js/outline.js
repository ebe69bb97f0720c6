// Something a visitor wrote, as an outline: a list of blocks, each [type, content]. It can be
// written as Markdown, or as elements for a page, for paper and for the clipboard.
//
//   ["h1" | "h2" | "h3" | "p", text]   ["ul" | "ol", [text]]   ["boxes", [{done, text}]]
//   ["table", {head: [text], rows: [[text]]}]
import { make } from "./site.js";

const marks = /[\\`*_[\]<>#|~&]/g;

function escaped(text) {
  return text.replace(marks, "\\$&").replace(/^(\d*)([-+.)])/, "$1\\$2");
}

function line(text) {
  return escaped(String(text ?? "").replace(/\s+/g, " ").trim());
}

function paragraphs(text) {
  return String(text ?? "").split(/\n\s*\n/).map((part) => part.split("\n").map(line).filter(Boolean).join("  \n")).filter(Boolean);
}

const writers = {
  h1: (text) => `# ${line(text)}`,
  h2: (text) => `## ${line(text)}`,
  h3: (text) => `### ${line(text)}`,
  p: (text) => paragraphs(text).join("\n\n"),
  ul: (items) => items.map((item) => `- ${line(item)}`).join("\n"),
  ol: (items) => items.map((item, i) => `${i + 1}. ${line(item)}`).join("\n"),
  boxes: (items) => items.map((item) => `- [${item.done ? "x" : " "}] ${line(item.text)}`).join("\n"),
  table: ({ head, rows }) => [head, head.map(() => "---"), ...rows]
    .map((row, i) => `| ${row.map((cell) => (i === 1 ? cell : line(cell))).join(" | ")} |`).join("\n"),
};

/** The outline as Markdown. */
export function toMarkdown(outline) {
  return outline.map(([type, content]) => writers[type](content)).filter(Boolean).join("\n\n") + "\n";
}

const makers = {
  h1: (text) => make("h1", {}, text),
  h2: (text) => make("h2", {}, text),
  h3: (text) => make("h3", {}, text),
  p: (text) => String(text ?? "").split(/\n\s*\n/).filter((part) => part.trim()).map((part) =>
    make("p", {}, part.trim().split("\n").flatMap((row, i) => (i ? [make("br"), row] : [row])))),
  ul: (items) => make("ul", {}, items.map((item) => make("li", {}, item))),
  ol: (items) => make("ol", {}, items.map((item) => make("li", {}, item))),
  boxes: (items) => make("ul", {}, items.map((item) => make("li", {}, `${item.done ? "\u2611" : "\u2610"} ${item.text}`))),
  table: ({ head, rows }) => make("table", {},
    make("thead", {}, make("tr", {}, head.map((cell) => make("th", { scope: "col" }, cell)))),
    make("tbody", {}, rows.map((row) => make("tr", {}, row.map((cell) => make("td", {}, String(cell ?? ""))))))),
};

/** The outline as elements. */
export function toElements(outline) {
  return outline.flatMap(([type, content]) => makers[type](content));
}
