// On a term's page: the terms that its mentors share lead to the directory, where both are chosen.
// Without this script each leads to its own page.
for (const root of document.querySelectorAll(".among")) {
  for (const link of root.querySelectorAll("details[data-facet] a[data-term]")) {
    const query = new URLSearchParams([[root.dataset.facet, root.dataset.term], [link.closest("details").dataset.facet, link.dataset.term]]);
    link.href = `${root.dataset.directory}?${query}`;
  }
}
