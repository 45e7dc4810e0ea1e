"""What the rehearsal crowd says, by language. Nothing here claims anything about a piece."""

SMALL_TALK: dict[str, tuple[str, ...]] = {
    "en": (
        "Good evening from a rainy London.",
        "First time here, the picture is lovely.",
        "Could you hold it closer to the light?",
        "Is the replay up afterwards?",
        "I like that you take your time.",
        "Do you ship to Edinburgh?",
    ),
    "fr": (
        "Bonsoir de Lyon.",
        "On entend très bien.",
        "Vous pouvez montrer l'envers ?",
        "Quelle belle lumière ce soir.",
        "Je cherche un cadeau pour ma mère.",
        "Merci de prendre le temps.",
    ),
    "zh": (
        "晚上好，上海报到。",
        "画面很清楚。",
        "可以近一点看看吗？",
        "想送给妈妈。",
        "发货到上海要几天？",
        "慢慢讲，挺好的。",
    ),
    "de": (
        "Guten Abend aus Hamburg.",
        "Der Ton ist gut.",
        "Können Sie das noch einmal drehen?",
        "Ich suche etwas für meine Schwester.",
        "Schön ruhig hier.",
        "Gibt es die Aufzeichnung später?",
    ),
    "ja": (
        "京都からこんばんは。",
        "映像がきれいですね。",
        "もう少し近くで見せてください。",
        "贈り物を探しています。",
        "ゆっくり説明してくれて助かります。",
        "海外発送はできますか。",
    ),
    "es": (
        "Buenas noches desde Madrid.",
        "Se ve muy bien.",
        "¿Puede acercarlo un poco?",
        "Busco un regalo para mi hermana.",
        "Qué gusto verlo con calma.",
        "¿Envían a Canarias?",
    ),
}

ABOUT: dict[str, tuple[str, ...]] = {
    "en": (
        "How would you wear the {product}?",
        "Is the {product} the same colour in daylight?",
        "How do I care for the {product}?",
        "The {product} would suit my sister.",
    ),
    "fr": (
        "{product} : comment l'entretenir ?",
        "{product}, j'aime beaucoup.",
        "{product} : la couleur est la même en plein jour ?",
    ),
    "zh": ("{product} 平时怎么保养？", "{product} 的颜色真好看。", "{product} 还有别的颜色吗？"),
    "de": (
        "Wie pflegt man {product}?",
        "{product} gefällt mir.",
        "{product}: Ist die Farbe bei Tageslicht gleich?",
    ),
    "ja": ("{product} のお手入れ方法は？", "{product}、素敵ですね。", "{product} は昼の光でも同じ色ですか。"),
    "es": ("¿Cómo se cuida {product}?", "{product} me encanta.", "¿{product} es igual a la luz del día?"),
}
