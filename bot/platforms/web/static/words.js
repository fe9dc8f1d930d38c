// The page's own words, in its language; the server puts them into the page.
const held = JSON.parse(document.body.dataset.words || "{}");
export const say = (text) => held[text] ?? text;

// How much time is left, in words.
export function left(until) {
  const rest = Math.max(0, new Date(until) - Date.now());
  if (rest > 60000) return say("{n} min left").replace("{n}", Math.ceil(rest / 60000));
  return rest > 0 ? say("less than a minute left") : say("time is up");
}
