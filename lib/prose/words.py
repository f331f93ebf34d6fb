"""What the editor says in the browser."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lib.html.losses import for_scripts
from lib.text import WORDS_A_MINUTE

# What its scripts say (static/js/admin/editor/words.js), here so that gettext sees it: the buttons
# by the names that the editor gives them, then the dialogs of our own. Elsewhere « Annuler » is to
# cancel and « Rétablir » to restore.
BUTTONS = {
    "heading2": _("Intertitre"),
    "heading3": _("Petit intertitre"),
    "paragraph": _("Paragraphe"),
    "bulletList": _("Liste à puces"),
    "orderedList": _("Liste numérotée"),
    "blockquote": _("Citation"),
    "horizontalRule": _("Filet"),
    "figure": _("Image de la bibliothèque"),
    "bold": _("Gras"),
    "italic": _("Italique"),
    "subscript": _("Indice"),
    "superscript": _("Exposant"),
    "code": _("Code"),
    "codeBlock": _("Bloc de code"),
    "link": _("Lien"),
    "unlink": _("Retirer le lien"),
    "history:undo": pgettext_lazy("editor", "Annuler"),
    "history:redo": pgettext_lazy("editor", "Rétablir"),
    "html": _("Modifier le HTML"),
    "specialCharacters": _("Caractères spéciaux"),
    "orderedListProperties": _("Réglages de la liste"),
    "table": _("Insérer un tableau"),
    "table:addColumnAfter": _("Ajouter une colonne"),
    "table:deleteColumn": _("Supprimer la colonne"),
    "table:addRowAfter": _("Ajouter une ligne"),
    "table:deleteRow": _("Supprimer la ligne"),
    "table:mergeCells": _("Fusionner les cellules"),
    "table:splitCell": _("Diviser la cellule"),
    "table:toggleHeaderCell": _("Cellule d’en-tête"),
    "table:deleteTable": _("Supprimer le tableau"),
    "table:caption": _("Titre du tableau"),
    "footnote": _("Note de bas de page"),
    "fullscreen": _("Plein écran"),
}
DIALOGS = {
    "insert": _("Insérer"),
    "save": _("Enregistrer"),
    "cancel": _("Annuler"),
    "fillIn": _("Remplissez ce champ."),
    "footnoteText": _("Texte de la note"),
    "rows": _("Lignes"),
    "columns": _("Colonnes"),
    "count": _("Donnez un nombre de 1 à 100."),
    "headerRow": _("La première ligne est un en-tête"),
    "startAt": _("Premier numéro"),
    "startNumber": _("Donnez un nombre de 0 à 9999."),
    "nonBreakingSpace": _("Espace insécable"),
    "htmlOfText": _("Texte en HTML"),
    "htmlHelp": _("Seules restent les balises que l’éditeur connaît."),
    "linkTo": _("Adresse, ou mots d’un de nos articles"),
    "linkHelp": _("Par exemple https://…, www.…, une adresse électronique, ou « grippe vaccin »."),
    "linkText": _("Texte du lien"),
    "articles": _("Articles"),
    "listIsSilent": _("La recherche d’articles ne répond pas. Donnez une adresse, ou réessayez."),
    "linkMissing": _("Donnez une adresse, ou choisissez un article dans la liste."),
    "linkWords": _(
        "Ce n’est pas une adresse : choisissez un article dans la liste, ou commencez par "
        "https:// ou www."
    ),
    "linkNoSite": _("Cette adresse ne nomme aucun site : vérifiez ce qui suit https://."),
    "linkScheme": _(
        "Une adresse « %(scheme)s » ne peut pas être gardée : donnez celle d’une page, qui "
        "commence par https://."
    ),
}
PICTURES = {
    "searchPictures": _("Chercher dans les textes de remplacement et les crédits"),
    "pictures": _("Images"),
    "morePictures": _("Plus d’images"),
    "picturesShown": _("%(n)s images montrées"),
    "choose": _("Choisir"),
    "chooseOne": _("Choisissez une image."),
    "noPicture": _("Aucune image. Choisissez-en une, ou déposez un fichier ici."),
    "removePicture": _("Retirer l’image"),
    "caption": _("Légende"),
    "alternativeText": _("Texte de remplacement"),
    "alternativeHelp": _(
        "Ce que montre l’image, pour qui ne la voit pas. Vide seulement si elle n’apprend rien."
    ),
    "noAlternativeText": _("sans texte de remplacement"),
    "libraryIsSilent": _("La bibliothèque ne répond pas. Enregistrez le texte, puis réessayez."),
    "strike": _("Barré"),
    "heading4": _("Très petit intertitre"),
    **for_scripts(),
    "lost:after": _("%(lost)s, après « %(words)s »"),
    "lost:first": _("%(lost)s, au début"),
    "lost:words": _("%(lost)s « %(words)s »"),
    "lost:pasted": _("Collé, sauf : %(losses)s."),
    "sendPicture": _("Envoyer un fichier"),
    "send": _("Envoyer"),
    "file": _("Fichier"),
    "fileMissing": _("Choisissez un fichier."),
    "credit": _("Crédit"),
    "creditHelp": _("Auteur et provenance, par exemple « Photo : Jeanne Martin »."),
    "licence": _("Licence"),
    "sending": _("Envoi de l’image…"),
    "preparing": _("L’image est préparée…"),
    "sendFailed": _(
        "L’image n’est pas partie : la ligne est coupée, ou la session est finie. Rien n’est "
        "perdu : réessayez, ou enregistrez d’abord le texte."
    ),
    "twin": _("Cette image est déjà dans la bibliothèque."),
    "takeTwin": _("Prendre celle qui est là"),
    "sendAnyway": _("L’envoyer quand même"),
}
TOOLS = {
    "toolbar": _("Outils du texte"),
    "box:key-point": _("À retenir"),
    "box:do": pgettext_lazy("box of a text", "À faire"),
    "box:dont": _("À ne pas faire"),
    "pullQuote": _("Exergue"),
    "media": _("Vidéo ou son d’un autre site"),
    "mediaAddress": _("Adresse de la vidéo ou du son"),
    "mediaHelp": _("Une image y mène : rien n’est demandé à l’autre site avant qu’on la suive."),
    "choosePicture": _("Choisir l’image"),
    "counted": _("Mots : %(words)s · Lecture : %(minutes)s min"),
    "wordsAMinute": str(WORDS_A_MINUTE),
    "find": _("Chercher et remplacer"),
    "replaceBy": _("Remplacer par"),
    "foundOf": _("%(at)s sur %(n)s"),
    "foundNothing": _("Rien trouvé"),
    "replaced": _("Remplacements : %(n)s"),
    "previous": _("Précédent"),
    "next": _("Suivant"),
    "replace": _("Remplacer"),
    "replaceAll": _("Tout remplacer"),
    "close": _("Fermer"),
}
EDITOR_WORDS = {**BUTTONS, **DIALOGS, **PICTURES, **TOOLS}
