"""A small magazine for the search: short texts, medically sound, each with a name that the tests use."""

from __future__ import annotations

from datetime import UTC, datetime

from articles import publishing
from articles.models import Article
from authors.models import Author
from taxonomy.models import Tag
from tests.factories import make_article, make_author, make_section

# name: (section, author, day, title, kicker, subtitle, standfirst, text, keywords)
TEXTS = {
    "grippe": (
        (
            "soins",
            "Alice",
            "2026-01-10",
            "Se faire vacciner contre la grippe",
            "Prévention",
            "",
            "Le vaccin change chaque année.",
        )
        + (
            "<p>L’Assurance maladie invite les plus de 65 ans à la vaccination en octobre. Le vaccin protège surtout des formes graves.</p>",
            ["vaccin", "hiver"],
        )
    ),
    "rougeole": (
        (
            "enfants",
            "Dr Sauge",
            "2026-02-01",
            "La rougeole revient à l’école",
            "",
            "",
            "Deux doses protègent les enfants.",
        )
        + (
            "<p>Les bébés reçoivent la première dose à douze mois. Un enfant vacciné ne transmet presque plus la maladie.</p>",
            ["vaccin", "école"],
        )
    ),
    "oedeme": (
        (
            "soins",
            "Alice",
            "2025-11-05",
            "Œdème des jambes : quand consulter",
            "",
            "",
            "Les chevilles qui gonflent le soir ne sont pas toujours bénignes.",
        )
        + (
            "<p>Une insuffisance cardiaque ou veineuse peut se révéler ainsi. Un œdème d’une seule jambe demande un avis rapide : ce peut être une phlébite.</p>",
            [],
        )
    ),
    "hopital": (
        (
            "soins",
            "Dr Sauge",
            "2026-03-02",
            "Sortir de l’hôpital avec la bonne ordonnance",
            "",
            "",
            "Cinq questions à poser avant de partir.",
        )
        + (
            "<p>Demandez qui appeler la nuit. La lettre de liaison part chez votre médecin traitant.</p>",
            ["hôpital", "médicament"],
        )
    ),
    "urgences": (
        (
            "quotidien",
            "Bruno",
            "2026-03-20",
            "Aux urgences un dimanche",
            "Récit",
            "",
            "Six heures d'attente, et des soignants qui tiennent.",
        )
        + (
            "<p>L'infirmière d'accueil trie selon la gravité, pas selon l'heure d'arrivée. Les hôpitaux voisins étaient pleins.</p>",
            [],
        )
    ),
    "diabete": (
        (
            "soins",
            "Dr Sauge",
            "2025-06-15",
            "Diabète de type 2 : marcher après le repas",
            "",
            "Dix minutes suffisent",
            "La glycémie baisse avec une courte marche.",
        )
        + (
            "<p>Les personnes diabétiques gardent leur traitement. La marche complète le régime et les médicaments.</p>",
            ["diabète", "activité physique"],
        )
    ),
    "sel": (
        (
            "table",
            "Alice",
            "2025-09-12",
            "Vivre sans sel, ou presque",
            "",
            "",
            "Moins de cinq grammes par jour, conseille l’OMS.",
        )
        + (
            "<p>Le pain et les plats préparés apportent l’essentiel du sel. La tension artérielle baisse en quelques semaines.</p>",
            ["alimentation"],
        )
    ),
    "sommeil": (
        (
            "quotidien",
            "Bruno",
            "2026-04-02",
            "Dormir à côté d’un ronfleur",
            "",
            "",
            "Dix ans d’essais, trois qui restent.",
        )
        + (
            "<p>Le sommeil se protège : bouchons, chambre fraîche, lit séparé. Ronfler avec des pauses peut être une apnée du sommeil. Le sommeil perdu se paie.</p>",
            ["sommeil"],
        )
    ),
    "melatonine": (
        (
            "quotidien",
            "Dr Sauge",
            "2026-01-25",
            "Mélatonine : pour qui, pour combien de temps",
            "",
            "",
            "Utile au décalage horaire, peu contre l’insomnie.",
        )
        + (
            "<p>Elle avance l’endormissement de quelques minutes. Enceinte, allaitante ou épileptique : parlez-en d’abord à un médecin.</p>",
            ["sommeil", "médicament"],
        )
    ),
    "ecrans": (
        (
            "enfants",
            "Alice",
            "2026-02-18",
            "Les écrans du soir et le coucher des enfants",
            "",
            "",
            "Une heure sans écran avant le lit.",
        )
        + (
            "<p>La lumière retarde le sommeil, l’excitation du jeu aussi. Un rituel calme aide toute la famille.</p>",
            ["sommeil", "école"],
        )
    ),
    "antibiotiques": (
        (
            "soins",
            "Dr Sauge",
            "2025-12-01",
            "Les antibiotiques ne soignent pas un rhume",
            "",
            "",
            "Un virus ne craint pas un antibiotique.",
        )
        + (
            "<p>L’angine se teste en pharmacie. Garder un reste de boîte favorise la résistance des bactéries.</p>",
            ["médicament"],
        )
    ),
    "pharmacie": (
        (
            "quotidien",
            "Alice",
            "2026-03-14",
            "Vider l’armoire à pharmacie",
            "",
            "",
            "Quarante boîtes, dont la moitié périmées.",
        )
        + (
            "<p>La pharmacienne reprend les médicaments non utilisés. Les seringues vont dans une boîte jaune.</p>",
            ["médicament"],
        )
    ),
    "allergie": (
        (
            "enfants",
            "Arc-en-Ciel",
            "2026-03-12",
            "Mon fils allergique à la cantine",
            "Récit",
            "",
            "Un projet d’accueil et une trousse d’urgence.",
        )
        + (
            "<p>L’arachide déclenche chez lui un œdème de Quincke. Le stylo d’adrénaline reste dans la salle.</p>",
            ["allergie", "école"],
        )
    ),
    "pollens": (
        (
            "saisons",
            "Bruno",
            "2026-04-20",
            "Pollens : un printemps difficile",
            "",
            "",
            "Les bouleaux d’abord, les graminées ensuite.",
        )
        + (
            "<p>Un nez qui coule sans fièvre fait penser à une allergie. L’antihistaminique soulage ; la désensibilisation traite la cause.</p>",
            ["allergie"],
        )
    ),
    "dos": (
        (
            "quotidien",
            "Arc-en-Ciel",
            "2025-10-10",
            "Mal de dos : bouger, c’est le traitement",
            "",
            "",
            "La lombalgie commune guérit en bougeant.",
        )
        + (
            "<p>Rester au lit aggrave la douleur. Un mal de dos avec de la fièvre ou une faiblesse d’une jambe se montre sans attendre.</p>",
            ["douleur"],
        )
    ),
    "migraine": (
        (
            "quotidien",
            "Alice",
            "2025-08-08",
            "Migraine, ce mal de tête qui isole",
            "",
            "",
            "Un carnet des crises aide le médecin.",
        )
        + (
            "<p>Trop d’antalgiques entretiennent la douleur. Le dos et la nuque se crispent pendant la crise.</p>",
            ["douleur"],
        )
    ),
    "vitamine-d": (
        (
            "enfants",
            "Dr Sauge",
            "2025-07-07",
            "La vitamine D du nourrisson",
            "",
            "",
            "Des gouttes chaque jour, jamais un complément acheté en ligne.",
        )
        + (
            "<p>Un surdosage abîme les reins. Seul un médicament prescrit convient au bébé.</p>",
            ["bébé"],
        )
    ),
    "vitamine-c": (
        (
            "table",
            "Alice",
            "2025-05-05",
            "La vitamine C n’empêche pas le rhume",
            "",
            "",
            "Elle en raccourcit à peine la durée.",
        )
        + (
            "<p>Une orange couvre les besoins d’une journée. La vitamine se perd à la cuisson.</p>",
            ["alimentation"],
        )
    ),
    "hepatite": (
        (
            "soins",
            "Dr Sauge",
            "2025-04-04",
            "Hépatite B : un test, une fois dans sa vie",
            "",
            "",
            "Le dépistage est remboursé.",
        )
        + (
            "<p>L’infection passe inaperçue. Les médecins généralistes le proposent à tous les adultes.</p>",
            ["dépistage"],
        )
    ),
    "sein": (
        (
            "soins",
            "Alice",
            "2025-10-01",
            "Dépistage du cancer du sein : décider en connaissance",
            "",
            "",
            "Ce que la mammographie apporte, et ce qu’elle ne dit pas.",
        )
        + (
            "<p>Le programme invite les femmes de 50 à 74 ans tous les deux ans. Une tumeur peut grandir entre deux examens.</p>",
            ["dépistage", "cancer"],
        )
    ),
    "depression": (
        (
            "quotidien",
            "Bruno",
            "2026-01-30",
            "Dire sa dépression au travail",
            "Témoignage",
            "",
            "Ni secret honteux, ni obligation.",
        )
        + (
            "<p>Le médecin du travail garde le secret. En cas d’idées suicidaires, le 3114 répond jour et nuit.</p>",
            ["santé mentale"],
        )
    ),
    "canicule": (
        (
            "saisons",
            "Alice",
            "2025-07-15",
            "Canicule : boire, s’ombrer, s’appeler",
            "",
            "",
            "En été, un appel par jour à une personne isolée.",
        )
        + (
            "<p>Le ventilateur ne suffit plus au-delà de 35 °C. Certains médicaments, dont les anti-inflammatoires, fatiguent alors le rein.</p>",
            ["saisons"],
        )
    ),
    "aidants": (
        (
            "famille",
            "Arc-en-Ciel",
            "2025-11-20",
            "Aider sa mère et garder son emploi",
            "",
            "",
            "Le congé de proche aidant, mode d’emploi.",
        )
        + (
            "<p>Soixante-six jours d’indemnité. Les yeux se ferment devant l’écran, le soir.</p>",
            ["aidants"],
        )
    ),
    "yeux": (
        (
            "quotidien",
            "Bruno",
            "2025-03-03",
            "Œil rouge : pas toujours une conjonctivite",
            "",
            "",
            "La douleur ou la vue qui baisse imposent l’ophtalmologue.",
        )
        + ("<p>Les lentilles se retirent au premier doute.</p>", [])
    ),
    "covid": (
        (
            "soins",
            "Dr Sauge",
            "2025-02-02",
            "Covid-19 long : des mois pour récupérer",
            "",
            "",
            "La fatigue après l’effort en est le signe.",
        )
        + (
            "<p>La reprise se fait par paliers. Aucun traitement n’a fait sa preuve ; la kinésithérapie respiratoire aide parfois.</p>",
            ["virus"],
        )
    ),
    "generique": (
        (
            "soins",
            "Alice",
            "2026-03-05",
            "Générique ou non ?",
            "",
            "",
            "Même principe actif, autre boîte.",
        )
        + (
            "<p>L’autorisation exige la même quantité de médicament dans le sang. Les excipients peuvent différer.</p>",
            ["médicament"],
        )
    ),
}


def make_corpus() -> dict[str, Article]:
    """Publish the magazine; return name -> article. One draft and one withdrawn article talk of « grippe » too."""
    quotidien, soins, famille = (
        make_section("Santé au quotidien"),
        make_section("Médicaments & Soins"),
        make_section("Famille"),
    )
    places = {
        "quotidien": quotidien,
        "soins": soins,
        "famille": famille,
        "table": make_section("À table", parent=quotidien),
        "saisons": make_section("Saisons", parent=quotidien),
        "enfants": make_section("Enfants", parent=famille),
    }
    credentials = {"Dr Sauge": "médecin généraliste", "Arc-en-Ciel": "mère de famille"}
    made: dict[str, Article] = {}
    for name, (
        section,
        author,
        day,
        title,
        kicker,
        subtitle,
        standfirst,
        body,
        tags,
    ) in TEXTS.items():
        writer = Author.objects.filter(pseudonym=author).first() or make_author(
            author, role=Author.Role.WRITER, credentials=credentials.get(author, "")
        )
        fields = {
            "title": title,
            "kicker": kicker,
            "subtitle": subtitle,
            "standfirst": standfirst,
            "body": body,
        }
        article = make_article(published=False, section=places[section], author=writer, **fields)
        article.tags.set(Tag.objects.named(tags))
        publishing.publish(
            article, actor=None, at=datetime.fromisoformat(f"{day}T08:00").replace(tzinfo=UTC)
        )
        made[name] = article
    make_article(published=False, section=soins, title="Brouillon sur la grippe")
    publishing.withdraw(
        make_article(section=soins, title="Grippe : article retiré"),
        actor=None,
        reason="Erreur de dose.",
    )
    return made
