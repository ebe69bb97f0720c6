// Marks the heading that is being read in the table of contents, and unfolds what it stands
// in. Without this script the table is a list of links.
const links = new Map();
for (const link of document.querySelectorAll(".toc a[href^='#']")) {
  const heading = document.getElementById(decodeURIComponent(link.hash.slice(1)));
  if (heading) links.set(heading, link);
}
const headings = [...links.keys()];
const above = new Set(); // headings at or over the line that counts as the top of the page
let current = null;
let unfolded = [];

function mark(heading) {
  if (heading === current) return;
  links.get(current)?.removeAttribute("aria-current");
  current = heading;
  for (const details of unfolded) details.open = false;
  unfolded = [];
  const link = links.get(heading);
  if (!link) return;
  link.setAttribute("aria-current", "location");
  for (let at = link.parentElement; at && !at.matches(".toc"); at = at.parentElement) {
    const details = at.matches("details") ? at : at.querySelector(":scope > details");
    if (details && !details.open) {
      details.open = true;
      unfolded.push(details);
    }
  }
  const box = link.closest(".reading-toc, .column-side");
  if (box && box.scrollHeight > box.clientHeight) {
    box.scrollTop += link.getBoundingClientRect().top - box.getBoundingClientRect().top - box.clientHeight / 2;
  }
}

if (headings.length > 0) {
  // The root reaches far above the page, so that a heading that a jump carries past the line
  // is told of as well as one that is scrolled over it.
  const observer = new IntersectionObserver((entries) => {
    for (const entry of entries) {
      if (entry.isIntersecting) above.add(entry.target);
      else above.delete(entry.target);
    }
    mark(headings.findLast((heading) => above.has(heading)) ?? null);
  }, { rootMargin: "1000000px 0px -85% 0px" });
  for (const heading of headings) observer.observe(heading);
}
