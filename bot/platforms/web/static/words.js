// The page's own words, in its language; the server puts them into the page.
const held = JSON.parse(document.body.dataset.words || "{}");
export const say = (text) => held[text] ?? text;

// How much time is left, in words.
export function left(until) {
  const rest = Math.max(0, new Date(until) - Date.now());
  if (rest > 60000) return say("{n} min left").replace("{n}", Math.ceil(rest / 60000));
  return rest > 0 ? say("less than a minute left") : say("time is up");
}

// The same for a host, to the second.
export function clock(until) {
  const rest = Math.max(0, Math.round((new Date(until) - Date.now()) / 1000));
  return rest < 3600 ? `${Math.floor(rest / 60)}:${String(rest % 60).padStart(2, "0")}` : left(until);
}

// Moments in the reader's own zone, those of another day with their date; without this script they name UTC.
export function tellTimes(place) {
  const [language, time] = [document.documentElement.lang, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" }];
  const today = new Date().toDateString();
  for (const each of place.querySelectorAll("time.at")) {
    const at = new Date(each.dateTime);
    const date = at.toDateString() === today ? {} : { weekday: "short", day: "numeric", month: "short" };
    each.textContent = at.toLocaleString(language, { ...date, ...time });
    each.title = at.toLocaleString(language, { dateStyle: "full", timeStyle: "long" });
  }
}
