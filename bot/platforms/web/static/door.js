// A host link keeps its secret through the door: the fragment goes along with the form's redirect.
const form = document.querySelector("form");
if (location.hash) form.action += location.hash;
