// What is half written survives a reload of this tab. It goes away when it has been sent, and when its author is forgotten.
const me = document.getElementById("me").dataset;
const KEY = `storycircle:${me.room}:${me.member}:drafts`;
const held = JSON.parse(sessionStorage.getItem(KEY) || "{}"); // key of a form -> {fields: [[name, value], …], nonce once it is sent}

const save = () => sessionStorage.setItem(KEY, JSON.stringify(held));
const controls = (form) => [...form.elements].filter((each) => each.name && each.matches("textarea, select, input:not([type=hidden], [type=password])"));

export const has = (form) => (form.dataset.key ?? "") in held;
export const formOf = (key) => key && document.querySelector(`form[data-key="${CSS.escape(key)}"]`);

export function keep(form) {
  const key = form.dataset.key;
  if (!key) return;
  const names = new Set(controls(form).map((each) => each.name));
  const fields = [...new FormData(form)].filter(([name]) => names.has(name));
  held[key] = { fields };
  if (key === "composer" && !form.elements.text.value.trim()) delete held[key];
  save();
}

export function sent(form, nonce) {
  if (!has(form)) return;
  held[form.dataset.key].nonce = nonce;
  save();
}

// What went out as `nonce` has arrived, or was refused and stays a draft; returns the key of its form.
export function settle(nonce, arrived) {
  const key = Object.keys(held).find((each) => held[each].nonce === nonce);
  if (key && arrived) delete held[key];
  save();
  return key;
}

// Fill in the drafts of the forms in this place; returns these forms.
export function restore(place) {
  const forms = [...place.querySelectorAll("form[data-key]:not([data-dirty])")].filter(has);
  for (const form of forms) {
    form.dataset.dirty = "1";
    for (const each of controls(form)) {
      const values = held[form.dataset.key].fields.filter(([name]) => name === each.name).map(([, value]) => value);
      if (each.matches("[type=radio], [type=checkbox]")) each.checked = values.includes(each.value);
      else if (!each.options) each.value = values[0] ?? "";
      else if ([...each.options].some((option) => option.value === values[0])) each.value = values[0];
    }
  }
  return forms;
}

export function forget() {
  for (const key of Object.keys(held)) delete held[key];
  sessionStorage.removeItem(KEY);
}
