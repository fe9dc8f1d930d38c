// The live page. Everything here also works as a plain form; this only saves the reload.
import * as drafts from "./drafts.js";
import { clock, left, say, tellTimes } from "./words.js";

const me = document.getElementById("me").dataset;
const list = document.getElementById("messages");
const log = document.getElementById("log");
const line = document.getElementById("line");
const KEY = `storycircle:${me.room}:${me.member}`;

let rev = me.rev; // the last change that this page has, as the server names it
let caughtUp = false; // what comes live before all that was missed is no sign that nothing is missing
let socket = null;
let wait = 500;
// What was sent and not yet confirmed survives a reload; the server takes each nonce once.
let unsent = JSON.parse(sessionStorage.getItem(KEY) || "[]");
const forms = new Map(); // nonce -> form

const keep = () => sessionStorage.setItem(KEY, JSON.stringify(unsent));
const nonce = () => Array.from(crypto.getRandomValues(new Uint8Array(12)), (b) => b.toString(16).padStart(2, "0")).join("");

function connect() {
  const scheme = location.protocol === "https:" ? "wss" : "ws";
  socket = new WebSocket(`${scheme}://${location.host}/r/${me.room}/ws`);
  socket.onopen = () => {
    wait = 500;
    caughtUp = false;
    line.textContent = say("live");
    socket.send(JSON.stringify({ do: "since", rev }));
    for (const what of unsent) socket.send(JSON.stringify(what));
  };
  socket.onmessage = (event) => hear(JSON.parse(event.data));
  socket.onclose = () => {
    line.textContent = say("You're offline. I'll send your answers when you're back.");
    setTimeout(connect, wait);
    wait = Math.min(wait * 2, 8000);
  };
}

function send(what, form) {
  what.nonce = nonce();
  what.zone = Intl.DateTimeFormat().resolvedOptions().timeZone; // times in words are meant by this clock
  unsent.push(what);
  keep();
  if (form) {
    forms.set(what.nonce, form);
    drafts.sent(form, what.nonce);
  }
  if (socket && socket.readyState === WebSocket.OPEN) socket.send(JSON.stringify(what));
}

function hear(frame) {
  if (frame.messages) frame.messages.forEach(show);
  if (frame.upto) {
    rev = frame.upto;
    caughtUp = true;
  }
  if (frame.views) draw(frame.views);
  bringAnswersIntoSight();
  if (frame.anew) socket.send(JSON.stringify({ do: "since", rev: 0 })); // more may be read than before
  if (frame.closed) {
    for (const item of [...list.children]) if (frame.closed.includes(item.dataset.channel)) item.remove();
  }
  if (frame.out) { // the room is not open to this person any more: its page says why
    location.reload();
    return;
  }
  if (frame.gone) { // forgotten, as one asked: nothing of it stays in this browser either
    sessionStorage.removeItem(KEY);
    drafts.forget();
    location.reload();
    return;
  }
  if ("ack" in frame) settle(frame.ack, "");
  if ("refused" in frame) settle(frame.refused, frame.why);
}

function settle(id, why) {
  const what = unsent.find((each) => each.nonce === id);
  unsent = unsent.filter((each) => each.nonce !== id);
  keep();
  const key = drafts.settle(id, !why);
  let form = forms.get(id) ?? drafts.formOf(key); // after a reload only its draft knows it
  if (form && !form.isConnected && form.dataset.key) {
    form = document.querySelector(`form[data-key="${CSS.escape(form.dataset.key)}"]`) ?? form; // drawn anew meanwhile
  }
  forms.delete(id);
  const said = form?.querySelector(".said");
  if (said) said.textContent = why || say("sent ✓");
  else if (why) line.textContent = why;
  if (!form) return;
  delete form.dataset.busy;
  if (!why) {
    if (!drafts.has(form)) delete form.dataset.dirty; // unless more was written since
    const box = form.querySelector("#say");
    if (box && what && box.value.trim() === what.text.trim()) box.value = "";
    const html = drawn.get("now");
    if (html && form.closest(".late") && !drafts.has(form)) { // back among the earlier questions
      drawn.delete("now");
      draw({ now: html });
    }
  }
}

function show(message) {
  if (caughtUp) rev = message.rev;
  const shell = document.createElement("template");
  shell.innerHTML = message.html.trim();
  const item = shell.content.firstElementChild;
  own(item);
  tellTimes(item);
  const before = document.getElementById(item.id);
  const low = log.scrollHeight - log.scrollTop - log.clientHeight < 120;
  if (before) before.replaceWith(item);
  else if (!item.classList.contains("gone")) {
    const after = [...list.children].reverse().find((each) => Number(each.dataset.at) <= message.at);
    if (after) after.after(item);
    else list.prepend(item);
  }
  if (!before && !item.matches(".bot, .gone") && item.dataset.author !== me.member) countUnread();
  if (low || (!before && item.dataset.author === me.member)) log.scrollTop = log.scrollHeight; // one's own is seen to arrive
  if (!before && item.matches(".kind-answers, .kind-spread")) answers ??= item;
}

// How many lines of others came while the chat was out of sight; only its tab on a phone shows it.
const unread = document.getElementById("unread");
const talk = new IntersectionObserver(([seen]) => seen.isIntersecting && (unread.textContent = ""));
talk.observe(list);
const countUnread = () => {
  const { top, bottom } = list.getBoundingClientRect();
  if (bottom < 0 || top > innerHeight) unread.textContent = Number(unread.textContent) + 1;
};

// One's own messages can be edited and deleted in place.
function own(item) {
  if (!item.dataset.author || item.classList.contains("gone")) return;
  const mine = item.dataset.author === me.member;
  if (mine) item.classList.add("mine-own");
  const tools = document.createElement("span");
  tools.className = "own";
  const uses = item.querySelector(".signs") ? [] : [["use as my answer", use]];
  for (const [label, act] of mine ? [["edit", change], ["delete", back], ...uses] : [["report", report]]) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = say(label);
    button.onclick = () => act(item);
    tools.append(button);
  }
  item.querySelector(".who").append(tools);
}

function change(item) {
  const words = item.querySelector(".words");
  const box = document.createElement("textarea");
  box.value = words.textContent;
  box.setAttribute("aria-label", say("Edit your message. Press Enter to save, Escape to cancel."));
  words.replaceWith(box);
  box.focus();
  box.onkeydown = (event) => {
    if (event.key === "Escape") box.replaceWith(words);
    if (event.key !== "Enter" || event.shiftKey) return;
    event.preventDefault();
    send({ do: "edit", message: item.dataset.id, text: box.value });
    words.textContent = box.value;
    box.replaceWith(words);
  };
}

const use = (item) => send({ do: "use", message: item.dataset.id });
const report = (item) => send({ do: "order", command: "report", args: { message: `web:${item.dataset.id}` } });
const back = (item) => send({ do: "delete", message: item.dataset.id });

const drawn = new Map(); // what stands there already is left alone, for screen readers and for the eye

// What a host has to hear at once is said once, in a place that is never drawn anew.
function alertHost() {
  const card = document.getElementById("host-card");
  card.hidden = !document.querySelector("#panel > *, #host-card > details"); // a companion's goes with the session
  const says = document.querySelector("#panel [data-alert]")?.dataset.alert.trim() ?? "";
  const alert = document.getElementById("alert");
  if (alert.textContent !== says) alert.textContent = says;
}

// While a finger or the mouse is down, nothing is exchanged under it: the press would be lost.
const later = {};
let pressed = 0; // the time-out that draws all the same, if nobody hears that the finger went up
const lift = () => {
  if (!pressed) return;
  clearTimeout(pressed);
  pressed = 0;
  setTimeout(() => { // after the click that follows
    if (pressed) return;
    const views = { ...later };
    for (const id of Object.keys(later)) delete later[id];
    draw(views);
  });
};
addEventListener("pointerdown", () => {
  clearTimeout(pressed);
  pressed = setTimeout(lift, 2000);
}, true);
for (const up of ["pointerup", "pointercancel"]) addEventListener(up, lift, true);
addEventListener("blur", lift); // of the window; what blurs inside of it is no sign that the finger went up

// New views, without taking anybody's half-written words or their focus.
function draw(views) {
  if (pressed) {
    Object.assign(later, views);
    return;
  }
  for (const [id, html] of Object.entries(views)) {
    const place = document.getElementById(id);
    if (!place || drawn.get(id) === html) continue;
    drawn.set(id, html);
    const fresh = document.createElement("template");
    fresh.innerHTML = html;
    if (id === "where") { // words that are half written for some go to nobody else
      const [was, now] = [document.getElementById("channel"), fresh.content.getElementById("channel")];
      if (was && now && document.getElementById("say").value.trim() && [...now.options].some((o) => o.value === was.value)) now.value = was.value;
    }
    const focused = place.contains(document.activeElement) ? document.activeElement : null;
    const named = (each) => each.firstElementChild.textContent.replace(/[\d()]+/g, "") + (each.dataset.in ?? ""); // what is in one phase only opens anew
    const open = new Map([...place.querySelectorAll("details")].map((each) => [named(each), each.open]));
    const seen = focused?.getBoundingClientRect().top;
    const caret = focused?.matches("textarea") && [focused.selectionStart, focused.selectionEnd];
    const wasLate = focused?.closest(".late");
    const overtaken = [];
    for (const form of place.querySelectorAll("form[data-dirty]")) {
      const twin = fresh.content.querySelector(`form[data-key="${CSS.escape(form.dataset.key)}"]`);
      if (!twin) continue;
      const [before, box] = [form.closest("details[data-late]"), twin.closest("details[data-late]")];
      const stays = before ? before.matches(".late") : !form.dataset.busy && halfWritten(form);
      const [button, its] = [form.querySelector("button.main"), twin.querySelector("button.main")];
      if (button && its) button.textContent = its.textContent;
      twin.replaceWith(form);
      if (!box || !stays) continue;
      markLate(box, fresh.content);
      if (before) box.open = before.open;
      else overtaken.push(box);
    }
    for (const said of place.querySelectorAll("form[data-key]:not([data-dirty]) .said")) {
      const twin = fresh.content.querySelector(`form[data-key="${CSS.escape(said.closest("form").dataset.key)}"] .said`);
      if (twin) twin.textContent = said.textContent;
    }
    const mark = focused && [focused.form?.dataset.key, focused.name, focused.value];
    tellTimes(fresh.content);
    place.replaceChildren(fresh.content);
    for (const each of place.querySelectorAll("details:not(.late)")) each.open = open.get(named(each)) ?? each.open;
    bringDraftsBack(place);
    if (overtaken.length) {
      const words = [overtaken[0].querySelector(".when-late"), place.querySelector(".status h2")];
      document.getElementById("moved").textContent = words.map((each) => each?.textContent ?? "").join(" ");
    }
    if (!focused) continue;
    const again = place.contains(focused)
      ? focused
      : [...place.querySelectorAll("button, input, select, textarea")].find(
          (each) => each.form?.dataset.key === mark[0] && each.name === mark[1] && each.value === mark[2],
        );
    again?.focus();
    if (again === focused) { // the line that is being written stays where the eye is
      if (caret) again.setSelectionRange(...caret);
      const moved = () => again.getBoundingClientRect().top - seen;
            scrollBy(0, moved());
    } else if (wasLate && document.activeElement === document.body) { // handed in: its box is folded away
      const asked = place.querySelector(".status h2");
      asked?.setAttribute("tabindex", "-1");
      asked?.focus();
    }
  }
  writeAlone();
  bringIntoSight();
  // when the workshop is over, one's own words come to the front, once
  const over = document.querySelector("#now .status")?.dataset.phase;
  const box = document.getElementById("mine-box");
  if ((over === "review" || over === "tail") && !box.dataset.shown) {
    box.dataset.shown = "1";
    box.open = true;
  }
  alertHost();
  count();
}

const halfWritten = (form) => form.contains(document.activeElement) || [...form.querySelectorAll("textarea")].some((each) => each.value.trim());

// Who still writes when the step moves on keeps the box, open below the new question and marked as late.
function markLate(box, place) {
  const among = box.parentElement;
  place.querySelector(".status").after(box);
  if (!among.querySelector("details")) among.remove();
  box.classList.add("late");
  box.open = true;
  box.querySelector("button.main").textContent = box.dataset.late;
}

function bringDraftsBack(place) {
  for (const form of drafts.restore(place)) {
    const box = form.closest("details[data-late]:not(.late)");
    if (box && halfWritten(form)) markLate(box, document.getElementById("now"));
  }
}

// A new question comes into sight, unless somebody is writing; the title says that there is one, and in a tab behind
// others its icon, which is all that is seen of many tabs.
let moment = document.querySelector("#now .status")?.dataset.moment;
const title = document.title;
const icon = document.querySelector("link[rel=icon]");
const still = icon.getAttribute("href");
function bringIntoSight() {
  const status = document.querySelector("#now .status");
  if (!status || status.dataset.moment === moment) return;
  moment = status.dataset.moment;
  const asked = status.querySelector("h2")?.textContent ?? "";
  document.title = asked ? `${document.hidden ? "● " : ""}${asked} · Storycircle` : title;
  if (document.hidden) icon.href = still.replace("icon.svg", "icon-new.svg");
  if (status.dataset.shown === undefined) answers = null;
  const { top } = (status.querySelector("h2") ?? status).getBoundingClientRect();
  if (!writes() && (top < 60 || top > innerHeight - 160)) status.scrollIntoView({ block: "start" });
}

const writes = () => {
  const box = document.activeElement;
  return box?.matches("textarea, input[type=text]") && box.value.trim() && box.form?.dataset.dirty !== undefined;
};

// Where the conversation stands below the question, what has just been shown to all comes into sight.
let answers = null; // the first message of it
function bringAnswersIntoSight() {
  if (!answers || document.querySelector("#now .status")?.dataset.shown === undefined) return;
  const below = log.getBoundingClientRect().top >= document.getElementById("now").getBoundingClientRect().bottom;
  if (below && !writes()) answers.scrollIntoView({ block: "start" });
  answers = null;
}
document.addEventListener("visibilitychange", () => {
  if (document.hidden) return;
  document.title = document.title.replace(/^● /, "");
  icon.href = still;
});

// While a question is answered in private, the box that everyone reads steps back, and nobody types into it by habit.
function writeAlone() {
  const alone = document.querySelector("#now .status")?.dataset.alone ?? "";
  if (alone === (document.body.dataset.alone ?? "")) return;
  const box = document.getElementById("say");
  if (!alone) {
    delete document.body.dataset.alone;
    return;
  }
  document.body.dataset.alone = alone;
  if (document.activeElement === box && !box.value.trim()) document.querySelector("#now form.answer textarea, #now form.answer input:not([type=hidden])")?.focus();
}

function count() {
  for (const undo of document.querySelectorAll("[data-undo]")) {
    undo.hidden = new Date(undo.dataset.undo) < Date.now();
  }
  for (const status of document.querySelectorAll("[data-until]")) {
    const place = status.querySelector(".left");
    if (!place) continue;
    const says = "exact" in status.dataset ? clock(status.dataset.until) : left(status.dataset.until);
    if (place.textContent !== says) place.textContent = says;
  }
}

document.addEventListener("input", (event) => {
  const form = event.target.form;
  if (!form?.dataset.key) return;
  form.dataset.dirty = "1";
  drafts.keep(form);
});

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (new URL(form.action).pathname !== `/r/${me.room}/do`) return;
  event.preventDefault();
  if (form.dataset.busy) return; // pressed twice
  const asks = event.submitter?.dataset.ask;
  if (asks && !confirm(asks)) return;
  const data = new FormData(form, event.submitter);
  const what = { fields: {}, args: {} };
  for (const [key, held] of data) {
    if (key.startsWith("field.")) { // several taps of one field come one by one
      const name = key.slice(6);
      what.fields[name] = name in what.fields ? `${what.fields[name]},${held}` : held;
    }
    else if (key.startsWith("arg.")) what.args[key.slice(4)] = held;
    else if (key === "pick" || key.startsWith("scale.")) (what.picks ??= []).push(held);
    else what[key] = held;
  }
  if (what.do === "say" && !what.text.trim()) return;
  const said = form.querySelector(".said");
  if (said) said.textContent = say("sending…");
  // not `disabled`, which would take the focus away from somebody who works by keyboard
  if (what.do !== "say") form.dataset.busy = "1";
  send(what, form);
});

document.addEventListener("click", (event) => { // words from an earlier workshop, offered again
  const button = event.target.closest(".take-up");
  const box = button && document.getElementById(button.dataset.into);
  if (!box) return;
  box.value = button.dataset.words.slice(0, box.maxLength / 2);
  box.focus();
  box.dispatchEvent(new Event("input", { bubbles: true }));
});

document.getElementById("say").addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
  event.preventDefault();
  event.target.form.requestSubmit();
});

// The host link carries its secret in the fragment, which no server sees; it is shown once, in a body.
async function openHostDoor() {
  const secret = new URLSearchParams(location.hash.slice(1)).get("host");
  if (!secret) return;
  history.replaceState(null, "", location.pathname);
  const answer = await fetch(`/r/${me.room}/host`, { method: "POST", body: new URLSearchParams({ secret }) });
  if (answer.ok) location.reload();
  else line.textContent = await answer.text();
}
addEventListener("hashchange", openHostDoor);
openHostDoor();

[...list.children].forEach(own);
tellTimes(document);
log.scrollTop = log.scrollHeight;
bringDraftsBack(document);
writeAlone();
setInterval(count, 1000);
count();
connect();
