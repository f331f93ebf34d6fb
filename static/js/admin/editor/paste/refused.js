// Takes out what a text cannot hold and names it; words stay but those that nobody saw.
import { addressOf } from "./addresses.js";
import { dropComments } from "./comments.js";
import { rename, STYLE, styleOf, unwrap } from "./read.js";

const KINDS = {
  video: "video",
  audio: "sound",
  "iframe, object, embed, applet, frame, canvas": "frame",
  "input:not([type=hidden]), select, textarea, button, meter, progress": "control",
};
const UNSAID = /^(?:hidden|checkbox|radio|password|file|color|range|image)$/;
const BLOCKS = "dt, dd, summary, details, optgroup, center, address, noscript, title, noembed, noframes";

const isHidden = (element) => {
  const said = styleOf(element);
  return (
    element.hasAttribute("hidden") ||
    /^none/.test(said.display) ||
    /^(?:hidden|collapse)/.test(said.visibility) ||
    said["mso-hide"] === "all"
  );
};

const dropHidden = (body, losses) => {
  for (const element of body.querySelectorAll(`[${STYLE}], [hidden]`)) {
    if (!element.isConnected || !body.contains(element) || !isHidden(element)) continue;
    if (element.textContent.trim() || element.querySelector("img")) losses.lose("hidden", element, element.textContent);
    element.remove();
  }
  for (const said of body.querySelectorAll("s > .unseen")) said.remove(); // what our own pages say of struck text
};

const dropUnseen = (body, losses) => {
  for (const element of body.querySelectorAll("script, template")) {
    const kind = element.localName === "script" ? "program" : "hidden";
    losses.lose(kind, element, element.content?.textContent ?? "");
    element.remove();
  }
  for (const element of body.querySelectorAll(
    "meta, link, base, col, colgroup, xml, br.Apple-interchange-newline, br[clear], span.EOP",
  ))
    element.remove();
  for (const element of body.querySelectorAll("rp, annotation, annotation-xml, mphantom")) element.remove();
};

const takeImages = (body, losses, media) => {
  for (const image of body.querySelectorAll("img, svg image")) {
    const own = media && addressOf(image.getAttribute("src") ?? "");
    if (own && own.origin === location.origin && own.pathname.startsWith(media) && !own.search) {
      image.setAttribute("src", own.pathname);
      continue;
    }
    losses.lose("image", image, image.getAttribute("alt") ?? "");
    image.remove();
  }
};

const wordsOf = (control) => {
  if (control.localName === "textarea") return control.textContent;
  if (control.localName === "select") return [...control.options].map((option) => option.text).join(", ");
  if (control.localName !== "input" || UNSAID.test(control.type)) return null;
  return control.getAttribute("value") ?? control.getAttribute("placeholder") ?? "";
};

const takeForeign = (body, losses) => {
  for (const [selector, kind] of Object.entries(KINDS)) {
    for (const element of body.querySelectorAll(selector)) {
      losses.lose(kind, element);
      const words = wordsOf(element);
      if (words !== null) element.replaceWith(` ${words} `);
      else if (["iframe", "input"].includes(element.localName)) element.remove();
      else unwrap(element);
    }
  }
};

const isUnderlined = (element) => /underline/.test(styleOf(element)["text-decoration"] ?? "");

const tell = (body, losses) => {
  const told = { ins: "insertion", ".msoIns": "insertion", mark: "highlight", dl: "definitions", details: "folded" };
  for (const [selector, kind] of Object.entries(told)) {
    for (const element of body.querySelectorAll(selector))
      if (element.textContent.trim() && (element.localName === "ins" || !element.querySelector("ins")))
        losses.lose(kind, element);
  }
  for (const element of body.querySelectorAll(`u, [${STYLE}*="underline"]`)) {
    const isLink = element.closest("a") || element.querySelector("a") || element.parentElement.closest("u");
    if (!isLink && element.textContent.trim() && (element.localName === "u" || isUnderlined(element)))
      losses.lose("underline", element);
  }
  for (const element of body.querySelectorAll(BLOCKS)) rename(element, "div");
};

export const refuse = (body, losses, media) => {
  dropComments(body, losses);
  dropHidden(body, losses);
  dropUnseen(body, losses);
  takeImages(body, losses, media);
  takeForeign(body, losses);
  tell(body, losses);
};
