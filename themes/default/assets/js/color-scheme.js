// Remembers whether the visitor chose light or dark, and lets the button in the header
// change it. Without this script the page follows the system.
const root = document.documentElement;
const key = "color-scheme";
const system = matchMedia("(prefers-color-scheme: dark)");

function chosen() {
  try {
    return localStorage.getItem(key);
  } catch {
    return null; // storage is switched off: the choice lasts for this page
  }
}

function isDark() {
  return (root.dataset.theme || (system.matches ? "dark" : "light")) === "dark";
}

const choice = chosen();
if (choice === "dark" || choice === "light") root.dataset.theme = choice;

function connect() {
  const button = document.querySelector(".color-toggle");
  if (!button) return;
  const show = () => button.setAttribute("aria-pressed", String(isDark()));
  button.hidden = false;
  show();
  system.addEventListener("change", show);
  button.addEventListener("click", () => {
    root.dataset.theme = isDark() ? "light" : "dark";
    try {
      localStorage.setItem(key, root.dataset.theme);
    } catch {
      // storage is switched off
    }
    show();
  });
}

if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", connect);
else connect();
