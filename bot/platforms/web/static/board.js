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
    if (html !== undefined) board.innerHTML = html;
    count();
  };
  socket.onclose = () => {
    setTimeout(connect, wait);
    wait = Math.min(wait * 2, 8000);
  };
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
setInterval(count, 5000);
count();
connect();
