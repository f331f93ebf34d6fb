"""Stems: what the forms of a word have in common, without accents.

A word is brought to its singular, then to one person and one gender; then Snowball takes its ending
off. The short lists hold what no rule knows. `benchmarks/french.py` counts the forms that meet, and
the strangers that should not.
"""

from __future__ import annotations

import re
import threading

import snowballstemmer

# form -> the word whose stem it takes; a regular plural of the form needs no line
IRREGULAR = {
    form: word
    for word, forms in {
        # plurals
        "oeil": "yeux",
        "aieul": "aieux",
        "bail": "baux",
        "ciel": "cieux",
        "corail": "coraux",
        "email": "emaux",
        "etau": "etaux",
        "hopital": "hosto",
        "ideal": "ideaux",
        "loyal": "loyaux",
        "mal": "maux",
        "mademoiselle": "mesdemoiselles",
        "materiau": "materiaux",
        "madame": "mesdames",
        "perineal": "perineaux",
        "tracheal": "tracheaux",
        "medicament": "medoc",
        "monsieur": "messieurs",
        "nu": "nus nue",
        "royal": "royaux",
        "travail": "travaux",
        "vitrail": "vitraux",
        # feminines, and what stands before a vowel
        "age": "agee",
        "aigu": "aigue",
        "amer": "amere",
        "bas": "basse",
        "beau": "belle bel",
        "benin": "benigne",
        "blanc": "blanche",
        "bref": "breve",
        "caduc": "caduque",
        "chat": "chatte",
        "cher": "chere",
        "clos": "close",
        "copain": "copine",
        "docteur": "doctoresse",
        "doux": "douce",
        "epais": "epaisse",
        "epoux": "epouse",
        "faux": "fausse",
        "favori": "favorite",
        "fou": "folle fol",
        "frais": "fraiche",
        "franc": "franche",
        "gentil": "gentille",
        "gras": "grasse",
        "grec": "grecque",
        "gros": "grosse",
        "heros": "heroine",
        "inedit": "inedite",
        "interdit": "interdite",
        "jaloux": "jalouse",
        "juif": "juive",
        "jumeau": "jumelle",
        "las": "lasse",
        "long": "longue",
        "malin": "maligne",
        "maudit": "maudite",
        "mou": "molle mol",
        "naif": "naive",
        "neuf": "neuve",
        "nouveau": "nouvelle nouvel",
        "nul": "nulle",
        "paysan": "paysanne",
        "petit": "petite",
        "public": "publique",
        "roux": "rousse",
        "sec": "seche",
        "sot": "sotte",
        "subit": "subite",
        "tiers": "tierce",
        "turc": "turque",
        "veuf": "veuve",
        "vieux": "vieille vieil",
        "vif": "vive",
        # verbs
        "aimer": "aiment",
        "aller": "vais vas va vont ira irai irait aille allait",
        "atteindre": "atteint atteinte atteignent",
        "beneficier": "beneficient",
        "boire": "boit boivent buvez buvait",
        "bruler": "brulent",
        "consommer": "consomment",
        "croire": "crois croit croient croyait",
        "diagnostiquer": "diagnostic diagnostique diagnostiquee diagnostiquent",
        "dire": "disent disait",
        "dormir": "dort dors",
        "dosage": "dose doser dosee",
        "fumer": "fument",
        "mettre": "met mettez mettent",
        "mourir": "meurt meurent",
        "ouvrir": "ouvert ouverte",
        "papi": "papy",
        "partir": "pars partent",
        "payer": "paie paient paye payent paiement paiera",
        "prendre": "prenez prenait prenaient prenant prennent pris prise",
        "recevoir": "recoit recoivent recu recue",
        "savoir": "sais sait savent savez savait sache",
        "sentir": "sent",
        "servir": "sert",
        "sortir": "sors sort sortent",
        "souffrir": "souffert",
        "suivre": "suit",
        "tenir": "tiens tient tiennent",
        "venir": "viens vient viennent venait",
        "vivre": "vit",
        "voir": "vois voit voient voyait",
        "vouloir": """
            veux veut veulent voulez voulait voulaient voulu voudrais voudrait voudraient
            """,
    }.items()
    for form in forms.split()
}
# what ends in s in the singular and would be another word without it
UNCHANGED = frozenset("bois bras fois mars mois paris pays pois temps tiers trois".split())  # noqa: SIM905
NO_PLURAL_IN_AL = re.compile(r"(?:[ey]|^ch|^f|^t|land|sarr|materi|^et)aux$")
# masculines whose s stays before the e of the feminine: "précis", "permis", "acquis", "diffus"
WITH_S = re.compile(
    r"(?:.*(?:quis|pris|clus)|(?:|ad|com|de|e|o|per|pro|re|sou|sub|trans)mis"
    r"|(?:pre|inde|impre|con)cis|gris|assis|diffus|confus|obtus|infus|(?:di|per)vers"
    r"|(?:franc|angl|mauv|ni|japon|portug|polon|irland|liban)ais)$"
)

# adjectives and nouns that end like "ils soignent"
ENT_STAYS = frozenset(
    """
    abstinent adherent adjacent afferent affluent apparent ardent astringent auvent belligerent
    chiendent coherent competent concurrent confluent consequent content contingent continent
    convent couvent decadent deferent different efferent effluent eloquent eminent excellent
    ferment fervent frequent grandiloquent imminent impertinent impotent incoherent incompetent
    inconsequent incontinent indifferent influent inherent intermittent latent malcontent mecontent
    onguent paravent parent patent penitent pertinent preeminent proeminent recurrent referent
    regent relent sarment serment souvent subsequent tangent torrent tourment transparent
    """.split()  # noqa: SIM905
)
# what stands before the "-ent" of verbs, and before that of few nouns
THEY_DO = re.compile(
    r"(?<=ac|ag|al|ap|ar|as|at|av|ay|bl|br|ch|cl|ct|dr|eg|en|er|et|ev|ff|fi|fl|fr|gl|gn|gr|gu|il|in"
    r"|ip|ir|is|it|iv|ix|ll|lm|lt|lu|mb|mp|nc|nd|ng|nn|nr|ns|nt|nu|od|og|oi|op|or|os|ot|ou|pl|pp|pt|qu"
    r"|rc|rd|rl|rm|rn|rr|rs|rt|ru|rv|ss|st|tr|tt|tu|ug|ui|up|ur|us|ut|uv|vr|ys)ent$"
)
# présent of "opérer"; of other verbs it is a past: ils donnèrent
THEY_OPERATE = re.compile(
    r"(?:op|cup|ef|iff|onsid|gen|lib|tol|ccel|xag|mod|alt|adh|dig|lif|nf|nsf|sugg|ins|esp|num)ere$"
)
IT_HOLDS = re.compile(
    r"^(appar|con|de|entre|inter|main|ob|par|pre|re|sou|sur)([tv])ien(?:t|ne|nent)?$"
)
FUTURE = (
    "r(?:e|ai?|ait|aient|ez|iez|ion|on|ont)"  # and the infinitive in -re, the plural s taken off
)
ENDINGS = [
    (re.compile(ending), other)
    for ending, other in [
        (r"(?<!ann)(?<!arm)(?<!bou)(?<!dur)(?<!mar)(?<!mus)(?<!pur)(?<=...)ee$", "e"),  # vaccinée
        (r"(?<=...)iere$", "ier"),  # infirmière
        (
            r"((?:leg|etrang|passag|mensong|menag|messag|boulang|berg|horlog|bouch|gauch|^fi)er)e$",
            r"\1",
        ),
        (r"(?<=[^a]t)rice$|(?<=.[^c]at)rice$", "eur"),  # directrice
        (r"(?<=..)euse$|(?<!h)(?<!m)(?<![fp]l)eure$|(?<=..)(?<!at)eur$", "eu"),  # as nerveux
        (r"(?<=[aieourt])f$", "ve"),  # actif, as active
        (r"(?<=fa)it$", "ite"),  # parfait, as parfaite: the stemmer takes it for a verb
        (
            r"((?:[^p]f|[^ae]ud|[ou]bl|ltipl|nefic|pprec|merc|ssoc|negoc)i)ez?$",
            r"\1er",
        ),  # il modifie
        (r"asse$", "asser"),  # il dépasse
        (r"((?:sp|es|et|tt|mp|dm)ir)(?:ai?t?|aient|ez)$", r"\1er"),  # il respirait
        (rf"(?<=[aeo]nd)(?:{FUTURE}|ue?)$|(?<=[eo]rd)(?:{FUTURE}|ue?)$", ""),  # attendre, perdu
        (rf"(?<=[uv]iv){FUTURE}$|(?<=[ae]tt){FUTURE}$", ""),  # suivre, mettre
        (r"((?:ad|com|per|pro|re|sou|trans)met)$", r"\1t"),
        (rf"((?:(?:de|in|pre|sou|trans)s|^e)cri)(?:te?|{FUTURE}|v(?:e|ez|ait|aient|ant))$", r"\1v"),
        (
            r"((?:(?:con|in|intro|pro|re|se|tra)d|(?:cons|de|ins)tr)ui)"
            rf"(?:te?|{FUTURE}|s(?:e|ez|ait|aient|ant))$",
            r"\1s",
        ),
        (r"((?:ad|trans)m)ise$", r"\1ett"),
        (r"((?:ap|com|re)pr)(?:ise|enn?(?:e|ez|ait|aient|ant))$", r"\1end"),
        (rf"((?:conn|par|^n)ait)(?:{FUTURE})?$", r"\1re"),
        (r"([ei]r)ion$", r"\1"),  # nous consulterions
        (r"(?<!nv)(?<!av)(?<!^g)(?<!pot)iron$", "ir"),
        (
            r"(?<!buch)(?<!forg)(?<!bib)(?<!vign)(?<!ep)(?<!chap)(?<!mouch)(?<!puc)(?<!ail)eron$",
            "er",
        ),
        (r"issai$", "it"),
        (r"(?<!pi)(?<!bour)(?<!plon)geon$", "ge"),  # mangeons
        (r"(?<!cr)(?<!iv)(?<!t)oise$", "oi"),  # chinoise
    ]
]

# What would meet a stranger without its ending: the pillow and the ear, stools and salt, the liver
# and faith, mothers and the sea.
WHOLE = frozenset(
    """
    attente boite bosse bougie cafe colonne courir cure devis donnee foie generique glande hiver
    jeune livre male mere mite moisi observance oreiller ouie papi papier payer petit plante poule
    profit reglisse reine repit selle soupe tache tele temps tete vase veine vente vue zona
    """.split()  # noqa: SIM905
)


class _Stemmers(threading.local):
    """One for each thread: a stemmer keeps the word it is at."""

    def __init__(self) -> None:
        self.french = snowballstemmer.stemmer("french")


_stemmers = _Stemmers()


def stem(folded: str) -> str:
    """Return what the forms of a word have in common.

    For words without accents, since readers leave them out.
    """
    word = IRREGULAR.get(folded) or IRREGULAR.get(singular(folded)) or folded
    word = singular(word)
    if word in WHOLE:
        return word
    if len(word) > 4:
        word = _one_person(word)
        for ending, other in ENDINGS:
            word = ending.sub(other, word)
    root: str = _stemmers.french.stemWord(word)
    if len(root) > 7 and root.endswith("ien"):  # pharmacien, as pharmacie
        return root[:-3]
    return f"{root[:-1]}i" if len(root) > 3 and root.endswith("y") else root


def singular(word: str) -> str:
    if len(word) < 4 or word in UNCHANGED:
        return word
    if word.endswith("aux"):
        return word[:-1] if NO_PLURAL_IN_AL.search(word) else f"{word[:-2]}l"
    if word.endswith(("eux", "oux")):
        return word[:-1]
    if word.endswith("s") and not word.endswith("ss"):
        return f"{word}e" if WITH_S.match(word) else word[:-1]
    return word


def _one_person(word: str) -> str:
    """Return "soigne" for "soignent"; the stemmer leaves "-ent" to "patient" and "accident"."""
    word = IT_HOLDS.sub(r"\1\2enir", word)
    if not word.endswith("ent") or word in ENT_STAYS:
        return word
    word = THEY_DO.sub("e", word)
    return word[:-1] if word.endswith("ere") and not THEY_OPERATE.search(word) else word


IRREGULAR_STEMS = frozenset(map(stem, IRREGULAR.values()))
