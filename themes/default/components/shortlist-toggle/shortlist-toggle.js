// The button that saves a mentor to the shortlist, on profiles and in lists that scripts make.
import { readDay } from "./availability.js";
import { has, home, icon, make, t } from "./site.js";
import * as shortlist from "./shortlist.js";

/** Makes a button for a mentor {id, name, url}. */
export function saveButton(mentor) {
  const element = make("p", { class: "shortlist-toggle" },
    make("button", { class: "button quiet", type: "button", "aria-pressed": "false" }, icon("save"), " ", make("span", {}, t("shortlist.save"))),
    " ", make("a", { class: "shortlist-link", href: mentor.url, hidden: true }, t("shortlist.see")),
    " ", make("span", { class: "small", role: "status" }));
  connect(element, mentor);
  return element;
}

function connect(element, mentor) {
  const button = element.querySelector("button");
  const link = element.querySelector(".shortlist-link");
  const note = element.querySelector("[role=status]");
  link.href = new URL("my/", home).href;
  const show = () => {
    const saved = shortlist.has(mentor.id);
    button.setAttribute("aria-pressed", String(saved));
    button.querySelector("span").textContent = t(saved ? "shortlist.saved" : "shortlist.save");
    link.hidden = !saved;
  };
  button.addEventListener("click", () => {
    let reason = "";
    if (shortlist.has(mentor.id)) shortlist.drop(mentor.id);
    else reason = shortlist.add(mentor);
    note.textContent = reason ? t(`shortlist.${reason}`) : "";
    show();
  });
  shortlist.watch(show);
  show();
  element.hidden = false;
}

const elements = document.querySelectorAll(".shortlist-toggle[data-id]");
if (elements.length) {
  await readDay(); // has the words
  for (const element of has("shortlist.save") ? elements : []) {
    const { id, name, url } = element.dataset;
    connect(element, { id, name, url });
  }
}
