"""Harmless lines by the thousand: templates in fourteen languages, filled in by a seeded hand."""

import random
from collections.abc import Iterator

Kit = tuple[str, str]
# Templates and what fills them, each divided by bars.
KITS: dict[str, Kit] = {
    "en": (
        (
            "Is the {0} lined?|How heavy is the {0}?|I love the {0} so much|The {0} in {1}, please|"
            "Does the {0} come in {1}?|"
            "My sister has the {0} and wears it daily|What does the {0} cost to ship?|"
            "Could you show the inside of the {0} again|"
            "Good evening from {2}|The {1} is deeper than I thought|"
            "Just ordered the {0}, thank you|"
            "Would the {0} suit a {3} of sixty?|{2} here, hello everyone|"
            "Is the {0} made in {2}?|Compared with the other {0}, is it softer?"
        ),
        (
            "scarf|bag|tea bowl|watch|brooch|lipstick|cushion|coat|wallet|belt|vase|perfume;"
            "blue|black|cassis|bass green|ash grey|amassed gold|grass green|brass;"
            "Essex|Scunthorpe|Lyon|Assisi|Kassel|Dubai|"
            "Middlesex|Clitheroe;aunt|niece|therapist|analyst|assistant"
        ),
    ),
    "fr": (
        (
            "Le {0} est doublé ?|J'adore ce {0}|"
            "Bonsoir de {1}|Combien pèse le {0} ?|Le {0} existe en {2} ?|"
            "Quelle belle couleur, ce {2}|Merci pour le {0}|On peut voir l'intérieur du {0} ?"
        ),
        (
            "foulard|sac|bol|carnet|concert de couleurs|coussin|manteau;Lyon|Condom|Cucuron|Paris|Pau;"
            "bleu|noir|écru|brun|vert"
        ),
    ),
    "de": (
        (
            "Ist der {0} gefüttert?|Bitte noch einmal den {0} zeigen|"
            "Guten Abend aus {1}|Wie dick ist der {0}?|"
            "Der {0} in {2} gefällt mir|Wie lang ist der {0}?|Danke für den {0}"
        ),
        "Schal|Gürtel|Mantel|Becher|Teppich|Ring;Kassel|Wien|Essen|Basel;Blau|Schwarz|Grün|Rot",
    ),
    "es": (
        (
            "¿El {0} tiene forro?|Me encanta el {0} {1}|Buenas noches desde {2}|¿Cuánto pesa el {0}?|"
            "El {0} con botones, por favor|Este año compré el {0}|¿Viene con {3}?"
        ),
        (
            "vestido|bolso|pañuelo|cinturón|abrigo;negro|azul|"
            "verde|blanco;Madrid|Cádiz|Puebla|Lima;caja|cono|funda"
        ),
    ),
    "it": (
        (
            "La {0} è foderata?|Adoro questa {0}|Buonasera da {1}|"
            "Quanto pesa la {0}?|La {0} con la cinghia {2}"
        ),
        "borsa|sciarpa|cintura|ciotola;Assisi|Roma|Conegliano|Napoli;nera|rossa|blu|verde",
    ),
    "pt": (
        "A {0} tem forro?|Adorei a {0}|Boa noite de {1}|Quanto pesa a {0}?|A {0} em {2}, por favor",
        "bolsa|saia|manta|taça;Lisboa|Porto|Curitiba|Cuiabá;preto|azul|verde|branco",
    ),
    "vi": (
        (
            "{0} này đẹp quá|Giá của {0} là bao nhiêu|Các bạn thích {0} không|Xin chào từ {1}|"
            "{0} có màu {2} không ạ|Mẹ tôi rất thích {0}|Ví dụ như {0} này|Cỡ lớn còn không"
        ),
        "Khăn|Túi|Áo dài|Đồng hồ|Bát trà;Huế|Đà Lạt|Cần Thơ|Hà Nội;xanh|đỏ|đen|tím",
    ),
    "zh-Hans": (
        (
            "这条{0}可以机洗吗|{0}有几种颜色|主播好，我从{1}来|"
            "{0}多少钱|很喜欢这个{0}|给妈妈买的{0}|{0}有{2}的吗|"
            "能不能再看一下{0}的里面|你妈妈会喜欢这条{0}|这把{0}结实吗"
        ),
        "丝巾|手袋|茶碗|椅子|雨伞|腰带|口红;上海|北京|日照|操场路|鸡西;蓝色|黑色|杏色|草绿",
    ),
    "zh-Hant": (
        (
            "這條{0}可以水洗嗎|{0}有幾種顏色|大家好，我從{1}來|"
            "很喜歡這個{0}|{0}有{2}的嗎|靠腰的{0}很舒服|靠北邊的窗放{0}"
        ),
        "絲巾|手袋|茶碗|椅子|抱枕|腰帶;台北|香港|澳門|基隆;藍色|黑色|杏色|草綠",
    ),
    "ja": (
        (
            "この{0}は洗えますか|{0}の色がきれいですね|"
            "こんばんは、{1}からです|{0}はいくらですか|母に{0}を贈りたい|"
            "{0}、かわいいしね|{0}のなかを見せてください|{2}もありますか"
        ),
        (
            "スカーフ|バッグ|茶碗|ロマンコート|帯|"
            "グレイプ色の傘;京都|東京|札幌|チチブ;青|黒|うすむらさき|生成り"
        ),
    ),
    "ko": (
        (
            "이 {0} 세탁기 돼요?|{0} 색이 너무 예뻐요|"
            "안녕하세요 {1}에서 왔어요|{0} 얼마예요?|다시 발송되나요 {0}?|"
            "{0} 안쪽도 보여 주세요|{2} 색도 있어요?"
        ),
        "스카프|가방|찻잔|코트|벨트;서울|부산|제주|병천;파란|검은|새하얀|초록",
    ),
    "ar": (
        (
            "هل {0} مبطن؟|أحب هذا {0}|مساء الخير من {1}|"
            "كم سعر {0}؟|هل يوجد {0} باللون {2}؟|أمي تحب {0}|"
            "شكراً على {0}|الكأس مع {0} جميل"
        ),
        "الوشاح|الحزام|المعطف|الكوب|العطر|الكتاب;دبي|الرياض|مسقط|القاهرة;الأزرق|الأسود|الأخضر|الأبيض",
    ),
    "hi": (
        (
            "यह {0} कितने का है?|{0} बहुत सुंदर है|"
            "{1} से नमस्ते|क्या {0} {2} रंग में है?|माँ के लिए {0} लिया|"
            "{0} अंदर से दिखाइए|चूड़ी के साथ {0} अच्छा लगेगा"
        ),
        "दुपट्टा|थैला|प्याला|कोट|बेल्ट|अंगूठी;दिल्ली|लंदन|जयपुर|गांधीनगर;नीले|काले|हरे|लाल",
    ),
    "th": (
        ("{0}นี้สวยมาก|{0}ราคาเท่าไหร่คะ|สวัสดีจาก{1}|{0}มีสี{2}ไหม|แม่ชอบ{0}มาก|ขอดู{0}อีกครั้ง|หีบห่อ{0}สวยจัง"),
        ("ผ้าพันคอ|กระเป๋า|ถ้วยชา|เสื้อโค้ท|เข็มขัด|ผ้าลายสัตว์;เชียงใหม่|กรุงเทพ|ภูเก็ต|สุรินทร์;ฟ้า|ดำ|เขียว|แดง"),
    ),
    "emoji": (
        "{0}{1}|{0} {0} {0}|{1}{0}{1}|{0}{2}|{2} {1}",
        "❤️|😍|🔥|👏🏽|🎉|👨‍👩‍👧;🇫🇷|🇯🇵|🇨🇭🇮🇹|🇺🇸|🇸🇪;✨|💙|🌸|🤍|😂😂|🥹",
    ),
}
ENDS = ("", "", "", "!", "!!", "…", " ❤️", " 😍", "?", " 🙏")
UNLATIN = ("ar", "hi", "th", "zh-Hans", "zh-Hant", "ja", "ko", "emoji")


def lines(language: str, count: int, *, seed: int) -> Iterator[str]:
    """`count` lines of one language, the same ones for the same seed."""
    rng = random.Random(f"{language} {seed}")
    templates, fillers = KITS[language]
    choices = [filler.split("|") for filler in fillers.split(";")]
    for _ in range(count):
        words = [rng.choice(choice) for choice in choices]
        yield rng.choice(templates.split("|")).format(*words) + rng.choice(ENDS)
