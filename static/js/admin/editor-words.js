// The French names of the buttons that the editor names in English.
const WORDS = {
  heading2: "Intertitre",
  heading3: "Petit intertitre",
  paragraph: "Paragraphe",
  bulletList: "Liste à puces",
  orderedList: "Liste numérotée",
  blockquote: "Citation",
  horizontalRule: "Filet",
  figure: "Image de la bibliothèque",
  bold: "Gras",
  italic: "Italique",
  subscript: "Indice",
  superscript: "Exposant",
  code: "Code",
  codeBlock: "Bloc de code",
  link: "Lien",
  unlink: "Retirer le lien",
  "history:undo": "Annuler",
  "history:redo": "Rétablir",
  html: "Modifier le HTML",
  specialCharacters: "Caractères spéciaux",
  orderedListProperties: "Réglages de la liste",
  table: "Insérer un tableau",
  "table:addColumnAfter": "Ajouter une colonne",
  "table:deleteColumn": "Supprimer la colonne",
  "table:addRowAfter": "Ajouter une ligne",
  "table:deleteRow": "Supprimer la ligne",
  "table:mergeCells": "Fusionner les cellules",
  "table:splitCell": "Diviser la cellule",
  "table:toggleHeaderCell": "Cellule d’en-tête",
  "table:deleteTable": "Supprimer le tableau",
};

export const speakFrench = (menu) => {
  for (const item of menu.items("blockType nodes lists marks link history utility table")) {
    const word = WORDS[item.name];
    if (!word) continue;
    if (item.button) {
      item.button.title = word;
      item.button.setAttribute("aria-label", word);
    }
    if (item.option) item.option.textContent = word;
  }
};
