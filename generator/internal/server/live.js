// Keeps a previewed page current. The server decides what is to be done; this does it.
(() => {
  "use strict";
  const script = document.currentScript;
  const stored = "stoa:scroll";
  let id = ".." + script.dataset.tag; // what this page is; see advise in live.go
  let stream = null;
  let timer = 0;

  const address = (file) => {
    const url = new URL(file, script.src);
    url.searchParams.set("page", location.pathname);
    url.searchParams.set("id", id);
    return url;
  };

  // The scroll position outlives the error view that may come between.
  function reload() {
    stop();
    if (!("view" in script.dataset)) {
      try {
        sessionStorage.setItem(stored, JSON.stringify([location.pathname, scrollX, scrollY]));
      } catch { /* storage is switched off */ }
    }
    location.reload();
  }

  function restore() {
    if ("view" in script.dataset) return;
    try {
      const [path, x, y] = JSON.parse(sessionStorage.getItem(stored)) ?? [];
      sessionStorage.removeItem(stored);
      if (path === location.pathname) requestAnimationFrame(() => scrollTo({ left: x, top: y, behavior: "instant" }));
    } catch { /* nothing was stored */ }
  }

  // Each stylesheet is loaded beside the old one, which goes when the new one is there.
  const coming = new Map();
  function restyle() {
    for (const next of coming.values()) next.remove();
    coming.clear();
    for (const link of document.querySelectorAll('link[rel~="stylesheet"]')) {
      const url = new URL(link.href);
      if (url.origin !== location.origin) continue;
      url.searchParams.set("live", id);
      const next = link.cloneNode();
      next.removeAttribute("integrity");
      next.href = url;
      next.addEventListener("load", () => { link.remove(); coming.delete(link); }, { once: true });
      next.addEventListener("error", () => { next.remove(); coming.delete(link); }, { once: true });
      coming.set(link, next);
      link.after(next);
    }
  }

  function obey(what, next) {
    id = next || id;
    if (what === "css") restyle();
    if (what === "reload" || what === "error") reload();
  }

  function listen() {
    stop();
    if (!window.EventSource) return poll();
    stream = new EventSource(address("events"));
    for (const what of ["hello", "css", "reload", "error"]) {
      stream.addEventListener(what, (event) => obey(what, event.lastEventId));
    }
    // The browser connects again by itself, unless the answer was no stream at all.
    stream.addEventListener("error", () => {
      if (stream && stream.readyState === EventSource.CLOSED) poll();
    });
  }

  function poll() {
    stop();
    timer = setTimeout(async () => {
      try {
        const answer = await fetch(address("state"), { cache: "no-store" });
        const { do: what, id: next } = await answer.json();
        obey(what, next);
      } catch { /* the server is away; it may come back */ }
      if (timer) poll();
    }, 2000);
  }

  function stop() {
    stream?.close();
    stream = null;
    clearTimeout(timer);
    timer = 0;
  }

  // A browser keeps at most six connections to one host: only pages in sight hold one.
  document.addEventListener("visibilitychange", () => (document.hidden ? stop() : listen()));
  addEventListener("pagehide", stop);
  addEventListener("pageshow", (event) => { if (event.persisted && !document.hidden) listen(); });
  restore();
  if (!document.hidden) listen();
})();
