// The picture at the head: shown, chosen in the grid of the library or sent from here. Without it, a plain field of the form.
import { crel } from "django-prose-editor/editor";
import { button } from "../dialogs/dialog.js";
import { words } from "../words.js";
import { knownPicture } from "./library.js";
import { pickPicture } from "./picker.js";
import { sendPicture } from "./sending.js";

const filesIn = ({ dataTransfer, clipboardData }) =>
  [...((dataTransfer ?? clipboardData)?.files ?? [])].filter((file) => file.type.startsWith("image/"));

const hideUpload = (form) => {
  const rows = ["upload", "upload_alt", "upload_credit", "upload_licence"]
    .map((name) => form.elements[name]?.closest(".form-row"))
    .filter(Boolean);
  if (rows.some((row) => row.matches(".errors") || row.querySelector(".errorlist"))) return;
  for (const row of rows) row.hidden = true;
};

const enhance = (select) => {
  const { library, sending } = select.dataset;
  const image = crel("img", { className: "lead__image", hidden: true, alt: "" });
  const said = crel("p", { className: "lead__said", role: "status" });
  const put = (picture) => {
    select.replaceChildren(crel("option", { value: "" }));
    if (picture) select.add(new Option(picture.alt || picture.credit, picture.id, true, true));
    show(picture);
    select.dispatchEvent(new Event("change", { bubbles: true }));
  };
  const show = (picture) => {
    image.hidden = remove.hidden = !picture;
    if (picture) image.src = picture.small;
    said.textContent = picture
      ? [picture.alt || words.noAlternativeText, picture.credit, picture.licence].join(" · ")
      : words.noPicture;
    select.dataset.shown = picture?.id ?? "";
  };
  const look = async () => {
    if (select.value === select.dataset.shown) return;
    try {
      show(select.value ? await knownPicture(library, select.value) : null);
    } catch {
      said.textContent = words.libraryIsSilent;
    }
  };
  const send = async (file) => {
    const picture = await sendPicture(sending, file);
    if (picture) put(picture);
  };
  const choose = button(words.choose, async () => {
    const picture = await pickPicture({ library, sending }, false);
    if (picture) put(picture);
  });
  const remove = button(words.removePicture, () => {
    put(null);
    choose.focus();
  });
  const sendButton = button(words.sendPicture, () => send());
  const buttons = crel("p", { className: "lead__buttons" }, [choose, sendButton, remove]);
  const box = crel("div", { className: "lead", role: "group" }, [image, said, buttons]);
  box.setAttribute("aria-label", document.querySelector(`label[for="${select.id}"]`)?.textContent.trim() ?? "");
  for (const one of buttons.children) one.classList.add("button");
  const take = (event) => {
    const [file] = filesIn(event);
    if (!file) return;
    event.preventDefault();
    send(file);
  };
  box.addEventListener("dragover", (event) => event.preventDefault());
  box.addEventListener("drop", take);
  box.addEventListener("paste", take);
  select.addEventListener("change", look);
  (select.closest(".related-widget-wrapper") ?? select).after(box);
  select.closest(".form-row").classList.add("lead__row");
  hideUpload(select.form);
  if (!select.value) show(null);
  look();
};

for (const select of document.querySelectorAll("select[data-library]")) enhance(select);
