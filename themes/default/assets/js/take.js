// The ways in which something leaves the page: downloads, the clipboard, print; and what is said
// afterwards, with a way back where something was removed. The layout hands over the words
// "take" and "device".
import { make, t } from "./site.js";
import { toElements, toMarkdown } from "./outline.js";

/** A file name for a title: letters, digits and hyphens of any script. */
export function fileName(title, extension) {
  const stem = title.normalize("NFC").toLowerCase().replace(/[^\p{L}\p{M}\p{N}]+/gu, "-").replace(/^-+|-+$/g, "").slice(0, 60);
  return `${stem || "plan"}.${extension}`;
}

/** Gives the visitor a file. */
export function download(name, type, text) {
  const address = URL.createObjectURL(new Blob([text], { type }));
  make("a", { href: address, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}

/** Copies an outline so that a shared document takes headings and tables along. */
export async function copyRich(outline) {
  const html = make("div", {}, toElements(outline)).innerHTML;
  const plain = toMarkdown(outline);
  try {
    await navigator.clipboard.write([new ClipboardItem({
      "text/html": new Blob([html], { type: "text/html" }),
      "text/plain": new Blob([plain], { type: "text/plain" }),
    })]);
    say(t("take.copied"));
  } catch {
    await copyText(plain);
  }
}

/** Copies a text; where the browser does not let it, shows it to be copied by hand. */
export async function copyText(text) {
  try {
    await navigator.clipboard.writeText(text);
    say(t("take.copied"));
  } catch {
    const area = make("textarea", { readonly: true, rows: 4, "aria-label": t("take.by_hand") });
    area.value = text;
    say(t("take.by_hand"), area);
    area.select();
  }
}

const place = make("div", { class: "toast", role: "status" });
document.body.append(place);

/** Says something at the foot of the window, until it is dismissed or something else is said. */
export function say(text, ...more) {
  const close = make("button", { type: "button", class: "toast-close" }, t("take.dismiss"));
  close.addEventListener("click", () => place.replaceChildren());
  place.replaceChildren(make("div", { class: "toast-box" }, make("p", {}, text), ...more, close));
}

/** Says that something was removed, with a button that brings it back. */
export function sayRemoved(text, restore) {
  const undo = make("button", { type: "button", class: "button quiet" }, t("take.undo"));
  undo.addEventListener("click", () => {
    place.replaceChildren();
    restore();
  });
  say(text, undo);
}

/** Says why something could not be stored: "full" or "off"; "" says nothing. */
export function sayReason(reason) {
  if (reason) say(t(`device.${reason}`));
}

/** A button with a word, that does something. */
export function button(word, action, className = "button quiet") {
  const element = make("button", { type: "button", class: className }, word);
  element.addEventListener("click", action);
  return element;
}
