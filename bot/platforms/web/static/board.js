// The board follows the session by itself; it asks for nothing and takes nothing in.
const board = document.getElementById("board");
let wait = 500;

function connect() {
  const scheme = location.protocol === "https:" ? "wss" : "ws";
  const socket = new WebSocket(`${scheme}://${location.host}/r/${board.dataset.room}/ws?board=1`);
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
  const left = Math.max(0, new Date(status.dataset.until) - Date.now());
  status.querySelector(".left").textContent = left > 90000 ? `${Math.ceil(left / 60000)} min left` : left > 0 ? "less than 2 min left" : "time is up";
}

const full = document.getElementById("full");
if (document.fullscreenEnabled) {
  full.hidden = false;
  full.onclick = () => (document.fullscreenElement ? document.exitFullscreen() : document.documentElement.requestFullscreen());
}
setInterval(count, 5000);
count();
connect();
