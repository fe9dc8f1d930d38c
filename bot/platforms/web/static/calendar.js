// Times stand in the page in the zone of the plan; beside them, the same in the zone of whoever reads.
for (const time of document.querySelectorAll("time[datetime]")) {
  const place = time.parentElement.querySelector(".yours");
  if (!place) continue;
  const at = new Date(time.dateTime);
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const said = at.toLocaleString(document.documentElement.lang, { dateStyle: "medium", timeStyle: "short" });
  place.textContent = `(${said}, ${zone})`;
}
