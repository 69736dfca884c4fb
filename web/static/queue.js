// Keys of the desk. Every key presses a link or button that is on the page; without this file those are all there is.
"use strict";
(() => {
  const off = () => { try { return localStorage.getItem("dateline.keys-off") === "1"; } catch { return false; } };
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.repeat || off()) return;
    if (event.target.closest("input, select, textarea, dialog")) return;
    const pressed = event.key === "u"
      ? document.querySelector(".notice button")
      : /^[aesjk]$/.test(event.key) && document.querySelector(`[data-key="${event.key}"]`);
    if (!pressed) return;
    event.preventDefault();
    pressed.click();
  });
})();
