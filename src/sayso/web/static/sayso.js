// Small comforts; every page works without them.
for (const box of document.querySelectorAll("[data-layer]")) {
  const kept = `sayso-hide-${box.dataset.layer}`;
  box.checked = localStorage.getItem(kept) === null;
  box.addEventListener("change", () => {
    if (box.checked) localStorage.removeItem(kept);
    else localStorage.setItem(kept, "1");
  });
}

for (const area of document.querySelectorAll("[data-copy]")) {
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = "Copy citation";
  button.addEventListener("click", async () => {
    area.select();
    try {
      await navigator.clipboard.writeText(area.value);
      button.textContent = "Copied";
    } catch {
      document.execCommand("copy");
    }
  });
  area.after(button);
}

for (const piece of document.querySelectorAll(".s[data-statements]")) {
  piece.addEventListener("click", () => {
    if (String(getSelection())) return;
    const ids = piece.dataset.statements.split(" ").filter(Boolean);
    if (ids.length) location.assign(`?statement=${encodeURIComponent(ids.at(-1))}#card`);
  });
}

const editing = (event) => event.target.closest("input, textarea, select, [contenteditable]");
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || editing(event)) return;
  if (event.key === "/") {
    event.preventDefault();
    document.getElementById("q")?.focus();
  }
  const step = { j: 1, k: -1 }[event.key];
  const links = [...document.querySelectorAll("[data-step], .statements a")];
  if (step && links.length) {
    const at = links.includes(document.activeElement)
      ? links.indexOf(document.activeElement)
      : links.findIndex((link) => link.getAttribute("aria-current") === "true");
    links[at < 0 && step < 0 ? links.length - 1 : (at + step + links.length) % links.length].focus();
  }
});
