"use strict";
(() => {
  const query = document.getElementById("query");
  const count = document.getElementById("count");
  const blocks = [...document.querySelectorAll(".block")];
  const texts = blocks.map((block) => block.textContent.toLowerCase());
  const search = () => {
    const wanted = query.value.trim().toLowerCase();
    let found = 0;
    blocks.forEach((block, place) => {
      block.hidden = !texts[place].includes(wanted);
      found += block.hidden ? 0 : 1;
    });
    count.textContent = wanted ? `${found} of ${blocks.length}` : "";
  };
  const step = (by) => {
    const shown = blocks.filter((block) => block.offsetParent !== null);
    const at = shown.indexOf(document.activeElement);
    const next = shown[at < 0 ? 0 : Math.min(Math.max(at + by, 0), shown.length - 1)];
    if (next) next.focus();
  };
  document.getElementById("searching").hidden = false;
  query.addEventListener("input", search);
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Escape") {
      query.value = "";
      search();
    } else if (event.target === query) {
      return;
    } else if (event.key === "/") {
      event.preventDefault();
      query.focus();
    } else if (event.key === "j" || event.key === "k") {
      step(event.key === "j" ? 1 : -1);
    }
  });
})();
