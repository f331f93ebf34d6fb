// Comments of reviewers: they were not meant for readers, nor is what they say lost without a word.
import { STYLE, styleOf } from "./read.js";

const WORD_COMMENT = ".MsoCommentReference, a.msocomanchor, a[href*='#cmnt']";

export const dropComments = (body, losses) => {
  const marked = [...body.querySelectorAll(`[${STYLE}*="mso-element"]`)].filter((element) =>
    /^comment/.test(styleOf(element)["mso-element"]),
  );
  const inWord = marked.filter((element) => styleOf(element)["mso-element"] === "comment");
  const inDocs = [...body.querySelectorAll("a[href*='#cmnt_ref']")].map((link) => link.closest("div, p") ?? link);
  const written = [...inWord, ...inDocs];
  const references = [...body.querySelectorAll(WORD_COMMENT)].filter(
    (each) => !written.some((comment) => comment.contains(each)) && !each.parentElement.closest(WORD_COMMENT),
  );
  for (const reference of written.flatMap((each) => [...each.querySelectorAll(`${WORD_COMMENT}, a.msocomoff`)]))
    reference.remove();
  for (const [n, each] of (written.length ? written : references).entries())
    losses.lose("comment", references[n] ?? each, written.length ? each.textContent : "");
  for (const each of references) (each.closest("sup") ?? each).remove();
  for (const each of [...written, ...marked]) each.remove();
};
