// Cards or a compact list, as the visitor last chose on this device. It runs before the page
// is first drawn, so that nothing jumps.
import { get, set } from "./device.js";

const root = document.documentElement;

/** Shows the list as "cards" or as "list", and remembers it. */
export function setView(view) {
  root.dataset.view = view;
  set("setting", "directory-view", view);
}

if (get("setting", "directory-view") === "list") root.dataset.view = "list";
