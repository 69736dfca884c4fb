// Suggestions under the search box while one types: a combobox as the ARIA practices describe it.
// The box is complete without this file.
"use strict";
(() => {
  const WAIT = 150; // milliseconds without a key before anything is asked
  const SHORTEST = 2;

  const attach = (box, number) => {
    const list = document.createElement("ul");
    list.id = `suggestions-${number}`;
    list.className = "suggestions";
    list.hidden = true;
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", "Suggestions");
    const place = document.createElement("div");
    place.className = "suggesting";
    box.replaceWith(place);
    place.append(box, list);
    for (const [name, value] of [["role", "combobox"], ["aria-autocomplete", "list"], ["aria-expanded", "false"],
      ["aria-controls", list.id], ["aria-haspopup", "listbox"]]) box.setAttribute(name, value);

    let at = -1; // the option that Enter would follow
    let wait = 0;
    let asking = null;

    const options = () => [...list.children];
    const point = (to) => {
      at = to;
      options().forEach((option, index) => option.setAttribute("aria-selected", String(index === at)));
      if (at < 0) box.removeAttribute("aria-activedescendant");
      else {
        box.setAttribute("aria-activedescendant", list.children[at].id);
        list.children[at].scrollIntoView({ block: "nearest" });
      }
    };
    const close = () => {
      clearTimeout(wait);
      if (asking) asking.abort();
      list.hidden = true;
      box.setAttribute("aria-expanded", "false");
      point(-1);
    };
    const show = (found) => {
      list.replaceChildren(...found.map((suggestion, index) => {
        const option = document.createElement("li");
        option.id = `${list.id}-${index}`;
        option.setAttribute("role", "option");
        option.dataset.href = suggestion.href;
        const label = document.createElement("bdi");
        label.textContent = suggestion.label;
        const kind = document.createElement("span");
        kind.className = "kind";
        kind.textContent = suggestion.kind;
        option.append(label, " ", kind);
        return option;
      }));
      list.hidden = found.length === 0;
      box.setAttribute("aria-expanded", String(found.length > 0));
      point(-1);
    };
    const ask = async () => {
      if (asking) asking.abort();
      asking = new AbortController();
      const typed = box.value.trim();
      if (typed.length < SHORTEST) { close(); return; }
      try {
        const answer = await fetch(`${box.dataset.suggest}?q=${encodeURIComponent(typed)}`, { signal: asking.signal });
        const found = answer.ok ? await answer.json() : [];
        if (document.activeElement === box) show(found);
      } catch { /* another key was faster, or the server is gone: then there are no suggestions */ }
    };

    box.addEventListener("input", () => { clearTimeout(wait); wait = setTimeout(ask, WAIT); });
    box.addEventListener("blur", close);
    box.addEventListener("keydown", (event) => {
      const last = list.children.length - 1;
      if (event.isComposing) return;
      if (event.key === "ArrowDown" && list.hidden) ask();
      else if (list.hidden) return;
      else if (event.key === "ArrowDown") point(at < last ? at + 1 : -1);
      else if (event.key === "ArrowUp") point(at < 0 ? last : at - 1);
      else if (event.key === "Escape") close();
      else if (event.key === "Enter" && at >= 0) location.assign(list.children[at].dataset.href);
      else return;
      event.preventDefault();
    });
    // Before the box loses the focus, which would close the list.
    list.addEventListener("mousedown", (event) => event.preventDefault());
    list.addEventListener("click", (event) => {
      const option = event.target.closest("[role=option]");
      if (option) location.assign(option.dataset.href);
    });
  };

  document.querySelectorAll("input[data-suggest]").forEach(attach);
})();
