// Which addresses a text keeps, and how they are completed: the same rules as in `is_link` of the server's policy.
import { words } from "../words.js";

const MAIL = /^[^\s@/:?#]+@[^\s@/:?#]+\.[^\s@/:?#.]{2,}$/;
const SCHEME = /^([a-z][a-z0-9+.-]*):/i;
const OUR_ARTICLE = /\/article\/(?:[^/]*-)?(\d{1,18})$/;

const ofTheWeb = (text) => {
  let url;
  try {
    url = new URL(text);
  } catch {
    return { error: words.linkNoSite };
  }
  if (!/[^.]\.[^.]/.test(url.hostname) && url.host !== location.host) return { error: words.linkNoSite };
  const ours = url.host === location.host && !url.search && url.pathname.match(OUR_ARTICLE);
  return { href: ours ? `/article/${Number(ours[1])}${url.hash}` : text };
};

export const looksLikeAddress = (text) => /^(\/|#|www\.)/i.test(text) || SCHEME.test(text) || MAIL.test(text);

// Returns {href}, or {error}: what is wrong and what to do.
export const completed = (typed) => {
  const text = typed.trim();
  if (!text) return { error: words.linkMissing };
  if (/\s/.test(text)) return { error: words.linkWords };
  if (MAIL.test(text)) return { href: `mailto:${text}` };
  if (/^www\./i.test(text)) return ofTheWeb(`https://${text}`);
  const scheme = text.match(SCHEME)?.[1].toLowerCase();
  if (scheme === "http" || scheme === "https") return ofTheWeb(text);
  if (["mailto", "tel", "sms"].includes(scheme)) return { href: text };
  if (scheme) return { error: words.linkScheme.replace("%(scheme)s", `${scheme}:`) };
  if (/^(#|\/(?![/\\]))./.test(text)) return { href: text };
  return { error: words.linkWords };
};
