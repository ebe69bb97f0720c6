// Gives every block of code a button that copies it, and says aloud that it did. Browsers let
// pages write to the clipboard over https only; elsewhere there is no button.
import { make, t } from "./site.js";

const blocks = document.querySelectorAll(".prose .code");

if (blocks.length > 0 && navigator.clipboard) {
  const told = make("p", { class: "visually-hidden", role: "status" });
  document.body.append(told);
  for (const block of blocks) {
    const label = make("span", {}, t("code.copy"));
    const button = make("button", { class: "code-copy", type: "button" }, label);
    let later;
    button.addEventListener("click", async () => {
      let word = "code.copied";
      try {
        await navigator.clipboard.writeText(block.querySelector("code").textContent);
      } catch {
        word = "code.failed";
      }
      label.textContent = told.textContent = t(word);
      clearTimeout(later);
      later = setTimeout(() => {
        label.textContent = t("code.copy");
        told.textContent = "";
      }, 2500);
    });
    block.append(button);
  }
}
