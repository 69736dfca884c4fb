"use strict";
/* While a job works, its page follows it: the same words as without a script, without loading the page anew. */
const watched = document.querySelector("[data-watch]");
if (watched) {
  const follow = async () => {
    try {
      const answer = await fetch(watched.dataset.watch, { headers: { Accept: "application/json" } });
      if (!answer.ok) return;
      const job = await answer.json();
      if (job.over) { window.location.reload(); return; }
      watched.querySelector(".state").textContent = job.state;
      watched.querySelector(".so-far").textContent = job.said;
      const bar = watched.querySelector("progress");
      if (bar && job.total) { bar.max = job.total; bar.value = Math.min(job.done, job.total); }
      const list = watched.querySelector(".outcomes");
      list.replaceChildren(...job.outcomes.map(([name, number]) => {
        const item = document.createElement("li");
        item.textContent = `${number} ${name}`;
        return item;
      }));
    } finally {
      window.setTimeout(follow, 1500);
    }
  };
  window.setTimeout(follow, 1000);
}
