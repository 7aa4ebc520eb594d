const operations = document.querySelectorAll(".operation");
document.getElementById("filter").addEventListener("input", (e) => {
  const words = e.target.value.toLowerCase().split(/\s+/);
  for (const op of operations) {
    const text = op.querySelector("summary").textContent.toLowerCase();
    op.hidden = !words.every((w) => text.includes(w));
  }
});
const show = () => {
  const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (target && target.tagName === "DETAILS") target.open = true;
};
addEventListener("hashchange", show);
show();
