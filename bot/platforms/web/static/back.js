// A personal link carries its token in the fragment, which no server log sees.
const token = location.hash.slice(1);
if (token) {
  document.getElementById("token").value = decodeURIComponent(token);
  history.replaceState(null, "", location.pathname);
  document.getElementById("back").submit();
}
