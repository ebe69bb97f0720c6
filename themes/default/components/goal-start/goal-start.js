// Makes a goal template the visitor's own, and shows the plans that were made of it.
import { home, make, t } from "./site.js";
import { list, set } from "./device.js";
import { isDay, today } from "./plan.js";
import { newGoal } from "./goal.js";
import { sayReason } from "./take.js";

const panel = document.querySelector("[data-goal-start]");
const template = JSON.parse(document.querySelector("[data-goal-template]").textContent);
const start = panel.querySelector("input");
const address = (id) => `${new URL("my/", home)}#goal=${id}`;

start.value = today();
panel.querySelector("[data-goal-make]").addEventListener("click", () => {
  const goal = newGoal(template, isDay(start.value) ? start.value : today());
  const reason = set("goal", goal.id, goal);
  if (reason) sayReason(reason);
  else location.href = address(goal.id);
});

const mine = list("goal").map(([, goal]) => goal).filter((goal) => goal.template === template.id);
if (mine.length > 0) {
  panel.querySelector("[data-goal-mine]").append(make("p", {}, t("goal.mine", { count: mine.length })),
    make("ul", { class: "plain-list" }, mine.map((goal) => make("li", {}, make("a", { href: address(goal.id) }, goal.title || t("plan.untitled"))))));
}
panel.hidden = false;
for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => print());
}
