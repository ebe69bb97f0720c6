// Form controls that are bound to a place in a record: each keystroke is kept at once, and what
// another tab wrote shows where the visitor is not writing.
import { make, t } from "./site.js";
import { at, edit, setAt } from "./plan.js";
import { sayReason } from "./take.js";

let count = 0;
let told = "";

/** A form for one record. changed(record, path) is called after each change of a value. */
export class Form {
  constructor(kind, record, changed) {
    this.kind = kind;
    this.record = record;
    this.changed = changed;
  }

  /** Changes the record and keeps it. */
  edit(change, path = []) {
    const [record, reason] = edit(this.kind, this.record, change, path.length > 0 ? path : undefined);
    this.record = record;
    if (reason !== told) sayReason(told = reason);
    this.changed(record, path);
  }

  /** A labelled control. Options: rows, type, hint, placeholder, min, max, step, list, hidden (the label is for screen readers alone), read and write (between text and value). */
  field(path, label, options = {}) {
    const id = `control-${++count}`;
    const hint = options.hint ? make("p", { class: "field-help", id: `${id}-hint` }, options.hint) : null;
    const control = options.rows
      ? make("textarea", { id, rows: options.rows, placeholder: options.placeholder ?? " ", "aria-describedby": hint?.id })
      : make("input", { id, type: options.type ?? "text", autocomplete: "off", placeholder: options.placeholder, min: options.min, max: options.max, step: options.step, list: options.list, "aria-describedby": hint?.id });
    control.dataset.path = path.join("/");
    const write = options.write ?? ((value) => value ?? "");
    const read = options.read ?? ((text) => text);
    control.value = write(at(this.record, path));
    control.addEventListener("input", () => this.edit((record) => setAt(record, path, read(control.value)), path));
    const caption = make("label", { for: id, class: options.hidden ? "visually-hidden" : "field-label" }, label);
    return make("div", { class: `field${options.class ? ` ${options.class}` : ""}` }, caption, hint, control);
  }

  /** A whole number; an empty control is 0. */
  number(path, label, most, options = {}) {
    return this.field(path, label, {
      type: "number", min: 0, max: most, step: 1, ...options, write: (value) => (value ? String(value) : ""),
      read: (text) => Math.min(most, Math.max(0, Math.trunc(Number(text) || 0))),
    });
  }

  /** A box to tick. */
  box(path, label, hidden = false) {
    const control = make("input", { type: "checkbox" });
    control.checked = Boolean(at(this.record, path));
    control.dataset.path = path.join("/");
    control.addEventListener("change", () => this.edit((record) => setAt(record, path, control.checked), path));
    return make("label", { class: "tick" }, control, " ", make("span", { class: hidden ? "visually-hidden" : "" }, label));
  }

  /** One of several values: [[value, label]]. */
  choice(path, label, values) {
    const id = `control-${++count}`;
    const control = make("select", { id }, values.map(([value, text]) => make("option", { value }, text)));
    control.value = at(this.record, path) ?? values[0][0];
    control.dataset.path = path.join("/");
    control.addEventListener("change", () => this.edit((record) => setAt(record, path, control.value), path));
    return make("div", { class: "field" }, make("label", { for: id, class: "field-label" }, label), control);
  }
}

/** Draws a place anew, and gives the focus back to the control that had it, with its caret. */
export function redraw(place, ...elements) {
  const active = place.contains(document.activeElement) ? document.activeElement : null;
  const path = active?.dataset.path;
  const caret = active && "selectionStart" in active ? [active.selectionStart, active.selectionEnd] : null;
  place.replaceChildren(...elements);
  const again = path && place.querySelector(`[data-path="${CSS.escape(path)}"]`);
  if (!again) return;
  again.focus();
  if (caret?.[0] !== null && caret && again.setSelectionRange && /text|textarea/.test(again.type)) again.setSelectionRange(...caret);
}

/** A section with a heading. */
export function section(title, ...children) {
  const id = `section-${++count}`;
  return make("section", { "aria-labelledby": id }, make("h3", { id }, title), ...children);
}

/** The buttons by which something leaves: [[word, action]], and one that removes it. */
export function takeAlong(actions, removeWord, remove) {
  const bar = make("p", { class: "actions" });
  for (const [word, action] of actions) {
    const element = make("button", { type: "button", class: "button quiet" }, word);
    element.addEventListener("click", action);
    bar.append(element);
  }
  const gone = make("button", { type: "button", class: "button quiet is-remove" }, removeWord);
  gone.addEventListener("click", remove);
  bar.append(gone);
  return section(t("take.title"), bar);
}
