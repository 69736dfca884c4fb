// What a keyboard and a clipboard add. Every page is complete without this file; it fetches nothing unasked.
"use strict";
(() => {
  const one = (selector, within = document) => within.querySelector(selector);
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];

  // Storage may be forbidden in a reader's browser; then nothing is remembered.
  const remember = (key, value) => { try { localStorage.setItem(key, value); } catch { /* not remembered */ } };
  const recall = (key) => { try { return localStorage.getItem(key); } catch { return null; } };

  const make = (tag, text, attributes = {}) => {
    const made = document.createElement(tag);
    if (text) made.textContent = text;
    for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
    return made;
  };

  // A line that screen readers say and others see for a moment.
  const teller = make("p", "", { class: "teller", role: "status" });
  document.body.append(teller);
  let silence = 0;
  const tell = (text) => {
    teller.textContent = text;
    clearTimeout(silence);
    silence = setTimeout(() => { teller.textContent = ""; }, 4000);
  };

  // Copying: a citation with its italics, and as plain text for what knows none.
  const copy = async (from) => {
    const text = from.innerText;
    try {
      await navigator.clipboard.write([new ClipboardItem({
        "text/html": new Blob([from.innerHTML], { type: "text/html" }),
        "text/plain": new Blob([text], { type: "text/plain" }),
      })]);
      tell("Copied");
    } catch {
      getSelection().selectAllChildren(from);
      tell("Selected; press Ctrl+C to copy");
    }
  };
  for (const style of all(".cite .style")) {
    const name = one("h3", style).textContent;
    const button = make("button", "Copy", { type: "button", class: "quiet copy", "aria-label": `Copy ${name}` });
    button.addEventListener("click", () => copy(one(".citation", style)));
    style.append(button);
  }

  // The list of ticked reports is remembered on this machine until it is opened.
  const LIST = "dateline.list";
  const listed = () => (recall(LIST) || "").split(" ").filter(Boolean);
  const list = one(".my-list");
  const showList = () => {
    const ids = listed();
    if (!list) return;
    const query = ids.map((id) => `r=${encodeURIComponent(id)}`).join("&");
    list.href = list.pathname + (query ? `?${query}` : "");
    one(".of-list", list).textContent = ids.length ? ` (${ids.length})` : "";
  };
  const keepListed = (id, on) => {
    const ids = listed().filter((other) => other !== id);
    if (on) ids.push(id);
    remember(LIST, ids.slice(-300).join(" "));
    showList();
  };
  const ticks = all(".tick input");
  for (const tick of ticks) {
    tick.checked = tick.checked || listed().includes(tick.value);
    tick.addEventListener("change", () => {
      keepListed(tick.value, tick.checked);
      tell(tick.checked ? "On your list" : "Taken off your list");
    });
  }
  for (const drop of all("a.drop")) drop.addEventListener("click", () => keepListed(drop.dataset.id, false));
  showList();

  // Facets apply by themselves a moment after the last tick; the box last ticked has the focus again afterwards.
  const BOX = "dateline.box";
  const narrow = one("#narrow");
  const form = one("#search");
  if (narrow && form) {
    let wait = 0;
    narrow.addEventListener("change", (event) => {
      const { name, value } = event.target;
      if (event.target.form !== form) return;
      try { sessionStorage.setItem(BOX, JSON.stringify([name, value])); } catch { /* the focus is lost, no more */ }
      clearTimeout(wait);
      wait = setTimeout(() => form.requestSubmit(), 900);
    });
    narrow.querySelector("h2").after(make("p", "Ticks apply by themselves after a moment.", { class: "hint" }));
    try {
      const [name, value] = JSON.parse(sessionStorage.getItem(BOX) || "[]");
      sessionStorage.removeItem(BOX);
      const box = all("input", narrow).find((input) => input.name === name && input.value === value);
      if (box) {
        for (let up = box.closest("details"); up; up = up.parentElement.closest("details")) up.open = true;
        box.focus();
      }
    } catch { /* nothing was ticked */ }
  }

  // The values inside a value open in place; without this they are a page of their own.
  const openInside = async (door) => {
    const page = new DOMParser().parseFromString(await (await fetch(door.href)).text(), "text/html");
    const list = document.adoptNode(one(".choices", page));
    list.classList.add("inside");
    if (one(".pager", page)) list.append(make("li", ""));
    if (one(".pager", page)) list.lastChild.append(make("a", "all of them", { href: door.href }));
    door.closest("li").append(list);
    return list;
  };
  if (narrow) {
    narrow.addEventListener("click", async (event) => {
      const door = event.target.closest("a.door");
      if (!door || event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      const list = one(":scope > ul", door.closest("li"));
      try {
        const shown = list ? !(list.hidden = !list.hidden) : Boolean(await openInside(door));
        door.setAttribute("role", "button");
        door.setAttribute("aria-expanded", String(shown));
      } catch { location.assign(door.href); }
    });
  }

  // Keys. Each stands for something on the page; what is not on this page does nothing and is not listed.
  const hits = all(".hit h2 a");
  const step = (by) => {
    const at = hits.findIndex((hit) => hit.closest(".hit").contains(document.activeElement));
    const next = hits[Math.min(Math.max(at + by, 0), hits.length - 1)];
    next.focus();
    next.closest(".hit").scrollIntoView({ block: "nearest" });
  };
  const matches = all("mark[id^=m]");
  const hop = (by) => () => {
    const at = matches.findIndex((match) => `#${match.id}` === location.hash);
    const next = matches[at < 0 ? (by > 0 ? 0 : matches.length - 1) : (at + by + matches.length) % matches.length];
    location.replace(`#${next.id}`);
    tell(`Match ${next.id.slice(1)} of ${matches.length}`);
  };
  const current = () => document.activeElement.closest(".hit");
  const follow = (selector) => () => one(selector).click();
  const KEYS = [
    ["/", "go to the search box", "#q", () => { one("#q").focus(); one("#q").select(); }],
    ["j", "next report in the list", ".hit h2 a", () => step(1)],
    ["k", "report before it", ".hit h2 a", () => step(-1)],
    ["o", "open the report", ".hit h2 a", () => (current() || hits[0].closest(".hit")).querySelector("h2 a").click()],
    ["x", "tick the report for your list", ".tick input", () => current() && one(".tick input", current()).click()],
    ["n", "next match", "mark[id^=m]", hop(1)],
    ["p", "match before it", "mark[id^=m]", hop(-1)],
    ["c", "go to the citation", "#cite", () => { one("#cite").scrollIntoView(); one("#cite .copy").focus(); }],
    ["[", "what comes before", "main a[rel=prev]", follow("main a[rel=prev]")],
    ["]", "what comes next", "main a[rel=next]", follow("main a[rel=next]")],
    ["r", "the original, or back from it", "#to-original, .cleaned .title a", follow("#to-original, .cleaned .title a")],
  ];

  const OFF = "dateline.keys-off";
  let dialog = null;
  const help = () => {
    if (!dialog) {
      dialog = make("dialog", "", { class: "keys", "aria-labelledby": "keys-title" });
      dialog.append(make("h2", "Keys on this page", { id: "keys-title" }));
      const table = make("dl");
      for (const [key, what, selector] of KEYS) {
        if (one(selector)) table.append(make("dt", key), make("dd", what));
      }
      table.append(make("dt", "?"), make("dd", "this list"));
      const label = make("label");
      const box = make("input", "", { type: "checkbox" });
      box.checked = recall(OFF) !== "1";
      box.addEventListener("change", () => remember(OFF, box.checked ? "0" : "1"));
      label.append(box, " Single keys are on");
      const close = make("button", "Close", { type: "button" });
      close.addEventListener("click", () => dialog.close());
      dialog.append(table, make("p", ""), close);
      one("p", dialog).append(label);
      document.body.append(dialog);
    }
    dialog.showModal();
  };
  const opener = make("button", "Keys", { type: "button", class: "quiet", "aria-label": "Keys on this page" });
  opener.addEventListener("click", help);
  const colophon = one(".colophon");
  if (colophon) colophon.append(opener);

  const TYPING = "input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable]";
  document.addEventListener("keydown", (event) => {
    const busy = event.ctrlKey || event.altKey || event.metaKey || event.isComposing || event.defaultPrevented;
    if (busy || recall(OFF) === "1" || event.target.closest(TYPING) || one("dialog[open]")) return;
    if (event.key === "?") { event.preventDefault(); help(); return; }
    const found = KEYS.find(([key, , selector]) => key === event.key && one(selector));
    if (found) { event.preventDefault(); found[3](); }
  });
})();
