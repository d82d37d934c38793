"""French texts of our own, with all the signs that programme pages hold, for the tests of the encoders."""

PARAGRAPHS = (
    "Le guichet ferme le vendredi 14 décembre à 14 h ; aucune demande reçue plus tard ne sera étudiée.",
    (
        "Les établissements qui ont signé leur bon de commande avant l'été reçoivent une avance de 30 %, puis le solde "
        "quand l'installation est vérifiée par l'agence."
    ),
    "Qu'est-ce qu'un numéro d'agrément ? C'est l'identifiant que l'organisme attribue à chaque logiciel retenu.",
    "La commune a voté un budget de 2 307 000 € pour l'école, soit 12,5 % de plus qu'en 2022.",
    "Sage-femme, infirmière, orthophoniste : chacune garde son logiciel, mais l'échange passe par la même messagerie.",
    "« Nous avons besoin de temps », dit le directeur ; « les équipes n'ont pas encore été formées ».",
    "Voir l'article L. 1111-24 du code, modifié par l'arrêté du 9 septembre 2022 (JO du 18).",
    "Prestation : installation, paramétrage, formation ; hors prestation : matériel, lignes, électricité.",
    "L'œuvre du peintre est conservée à Besançon, où une aile du musée lui est consacrée depuis le XIXe siècle.",
    "En cas de panne, appelez le 01 23 45 67 89 ou écrivez à support@exemple.fr : une réponse est donnée sous 48 h.",
    (
        "Le calendrier est le suivant : dépôt du dossier en mars, instruction au printemps, décision avant le 30 juin, "
        "paiement à l'automne. Une prolongation de deux mois peut être accordée une seule fois, sur demande motivée, "
        "si "
        "l'éditeur prouve que le retard ne vient pas de lui. Au-delà, l'avance est rendue et le marché prend fin."
    ),
    "Température relevée : −4 °C à 6 h, 11 °C à 15 h ; vent de nord-ouest, 35 km/h.",
    "DPI, PFI, RIS, SGL, LGO… Derrière ces sigles, des logiciels de métier que tout oppose, sauf leur socle commun.",
    "Peut-on cumuler les deux aides ? Oui, à condition qu'elles ne paient pas la même dépense.",
    "Il était une fois, dans un village de montagne, un horloger qui ne savait pas lire l'heure.",
    "Les pharmacies d'officine ont jusqu'au 28 avril pour faire signer la vérification d'aptitude.",
    "Un volcan se réveille rarement sans prévenir : séismes, gaz, gonflement du sol, les signes sont mesurés de près.",
    "Article 3. – Le bénéficiaire tient à la disposition de l'administration, pendant cinq ans, toutes les pièces.",
    "La recette : 250 g de farine, 3 œufs, ½ litre de lait, une pincée de sel. Laisser reposer une heure.",
    "Hôpital › imagerie › seconde période : commande avant le 15/03, avance avant le 30/04, solde avant le 19/12.",
    "Le train de 7 h 52 est supprimé ; le suivant partira voie 3, avec vingt minutes de retard.",
    "Depuis 2019, la fréquentation de la bibliothèque a doublé, grâce aux horaires du soir et à l'accès sans carte.",
    "Cochez la case « j'atteste », joignez le RIB, puis cliquez sur Envoyer. Un accusé de réception vous est adressé.",
    "Les laboratoires privés représentent 70 % des volumes, mais seulement un tiers des sites.",
    "Aucune donnée de santé ne quitte la région : l'hébergeur est certifié, et les sauvegardes sont chiffrées.",
    "Le fleuve prend sa source à 1 408 mètres, traverse trois départements et se jette dans l'océan.",
    "Attention : une vérification qui n'est pas signée par le client est refusée comme non conforme.",
    "Que faire si le mot de passe est perdu ? Demandez-en un nouveau au responsable de la sécurité.",
    "La réforme comporte trois volets : l'accès, l'intégration des documents reçus, et la sécurité des identités.",
    "Le jury a retenu quinze projets sur quatre-vingt-dix ; les lauréats seront réunis à Lyon au premier trimestre.",
    "Pour les kinésithérapeutes, l'obligation commence un an après la publication du texte au Journal officiel.",
    "Mise à jour du 12.03.24 — la rubrique « tarifs » est corrigée.",
    "On distingue l'abeille, qui meurt quand elle pique, de la guêpe, qui peut recommencer.",
    "Le référentiel exige l'identifiant national qualifié ; à défaut, le document reste local et n'est pas transmis.",
)
QUESTIONS = (
    "date limite solde vague 1",
    "Quelle est la date limite de dépôt ?",
    "combien d'établissements ont candidaté",
    "je suis infirmière libérale, suis-je concernée ?",
    "qui paie l'éditeur",
    "à quoi sert l'avance",
    "c'est quoi une VA",
    "quels documents joindre à la demande de solde ?",
    "et pour les sages-femmes ?",
    "différence entre commande et avance",
)
