// What the form says of its text while it is written: kept or not, who else has it open, a text that was found again.
const time = (at, options) => new Date(at).toLocaleString(document.documentElement.lang, options);
export const clock = (at) => time(at, { timeStyle: "short" });
const day = (at) => time(at, { dateStyle: "short", timeStyle: "short" });

const make = (tag, properties) => Object.assign(document.createElement(tag), properties);

const button = (label, action) => {
  const made = make("button", { type: "button", className: "button", textContent: label });
  made.addEventListener("click", action);
  return made;
};

export const offer = (form, at, { take, forget }) => {
  const { found, restore, forget: forgetWords } = form.elements.draft.dataset;
  const box = make("div", { className: "draft-found" });
  box.setAttribute("role", "status");
  const done = (action) => () => {
    action();
    box.remove();
  };
  box.append(
    make("p", { textContent: found.replace("%(at)s", day(at)) }),
    button(restore, done(take)),
    button(forgetWords, done(forget)),
  );
  form.before(box);
};

// The line beside the buttons: when the text was kept last, or that it is not.
export const stateLine = (form) => {
  const line = make("p", { className: "kept-state" });
  line.setAttribute("role", "status");
  (form.querySelector(".submit-row") ?? form).before(line);
  return (words, isLost = false) => {
    if (line.textContent !== words) line.textContent = words;
    line.toggleAttribute("data-lost", isLost);
  };
};

export const companyBox = (form, takeOver) => {
  const words = form.elements.draft.dataset;
  const box = make("div", { className: "company", hidden: true });
  box.setAttribute("role", "status");
  const text = make("p", {});
  const take = button(words.takeOver, takeOver);
  box.append(text, take);
  form.before(box);
  return ({ names = [], is_own_tab, taken_by, taken_at }) => {
    const said = taken_by
      ? words.taken.replace("%(name)s", taken_by).replace("%(at)s", clock(taken_at))
      : names.length
        ? words.others.replace("%(names)s", names.join(", "))
        : is_own_tab
          ? words.ownTab
          : "";
    if (text.textContent !== said) text.textContent = said;
    take.hidden = !(taken_by || names.length);
    box.hidden = !said;
  };
};
