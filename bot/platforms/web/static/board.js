// The board follows the session by itself; it asks for nothing and takes nothing in.
import { left } from "./words.js";

const board = document.getElementById("board");
let wait = 500;

function connect() {
  const scheme = location.protocol === "https:" ? "wss" : "ws";
  const socket = new WebSocket(`${scheme}://${location.host}${board.dataset.follow}`);
  socket.onopen = () => (wait = 500);
  socket.onmessage = (event) => {
    const html = JSON.parse(event.data).views?.board;
    if (html !== undefined) {
      board.innerHTML = html;
      fit();
    }
    count();
  };
  socket.onclose = () => {
    setTimeout(connect, wait);
    wait = Math.min(wait * 2, 8000);
  };
}

// The board never scrolls: cards that find no room come by themselves, page after page, the newest first.
let page = 0;
function fit(turn = 0) {
  const cards = [...board.querySelectorAll(".cards li")];
  for (const card of cards) card.hidden = false;
  const end = document.querySelector(".ways")?.getBoundingClientRect().top || innerHeight;
  const over = cards.findIndex((card) => card.getBoundingClientRect().bottom > end - 8);
  const most = over < 0 ? cards.length : Math.max(1, over);
  const pages = Math.ceil(cards.length / most) || 1;
  page = turn ? (page + turn) % pages : 0;
  cards.forEach((card, n) => (card.hidden = Math.floor(n / most) !== page));
}

function count() {
  const status = board.querySelector("[data-until]");
  if (!status) return;
  status.querySelector(".left").textContent = left(status.dataset.until);
}

const full = document.getElementById("full");
if (document.fullscreenEnabled) {
  full.hidden = false;
  full.onclick = () => (document.fullscreenElement ? document.exitFullscreen() : document.documentElement.requestFullscreen());
}
addEventListener("keydown", (event) => event.key === "f" && !full.hidden && full.click());
addEventListener("resize", () => fit());
document.body.classList.add("fits");
setInterval(count, 5000);
setInterval(() => fit(1), 12000);
fit();
count();
connect();
