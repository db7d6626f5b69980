greffeSearch("texts/0/0",[
["index.html","Accueil","2015-10-13","Toutes les consultations de l’assemblée."],
["eau/a1.html","Article 1er","2015-10-13","L’eau fait partie du patrimoine commun."],
["eau/p1.html","Ouvrir les données publiques de l’eau","2015-10-13","Les données de qualité doivent être publiées, comme le veut l’article L. 533-4 du code."],
["eau/p1.html#a1","Ouvrir les données publiques de l’eau","2015-10-13","Une donnée ouverte est vérifiable aujourd’hui."],
["eau/p1.html#a2","Ouvrir les données publiques de l’eau","2015-10-13","L’accessibilité passe avant ; voyez la loi n° 2015-990."],
["eau/p2.html","\u003c/script>\u003cscript>alert(1)\u003c/script>\u003cimg src=x onerror=alert(2)>\u003c!-- \u2028 __proto__","2015-10-13","\u003c/script>\u003cscript>alert(1)\u003c/script>\u003cimg src=x onerror=alert(2)>\u003c!-- \u2028 __proto__"],
["eau/CL12.html","Amendement CL12","2015-10-13","Après l’article 17 bis, insérer un article sur les vice-présidents des comités de bassin."]]);
