"""The language of the body: script, function words, model, declaration."""

import subprocess
import sys

import pytest

from extractors import structured
from extractors.article import Origin
from extractors.document import Document, parse
from extractors.fields import language
from extractors.structured import Facts

__all__: list[str] = []

ENGLISH = (
    "The ferry left at dawn with nobody aboard but the crew, who had brought their own bread and a radio that was "
    "older than the boat. They have not said why it was sent, and the harbour board has not been asked. It is the "
    "third time this year that the boat has gone out for nothing."
)
TEXTS = {
    "de": (
        "Die Fähre legte im Morgengrauen ab, und niemand war an Bord außer der Mannschaft, die ihr eigenes Brot "
        "mitgebracht hatte. Warum sie fuhr, hat bis heute keiner gesagt, und die Behörde ist auch nicht gefragt worden. "
        "Es ist das dritte Mal in diesem Jahr."
    ),
    "fr": (
        "Le bac est parti à l’aube sans personne à bord, sauf l’équipage, qui avait apporté son pain. Personne n’a dit "
        "pourquoi il était parti, et le port n’a pas été consulté. C’est la troisième fois cette année que le bateau "
        "sort pour rien."
    ),
    "sw": (
        "Kivuko kiliondoka alfajiri bila abiria yeyote isipokuwa wafanyakazi, ambao walileta mkate wao wenyewe. Hakuna "
        "aliyesema kwa nini kilitumwa, na bodi ya bandari haijaulizwa. Hii ni mara ya tatu mwaka huu."
    ),
    "ru": (
        "Паром ушёл на рассвете, и на борту не было никого, кроме команды, которая взяла с собой хлеб. Никто так и не "
        "сказал, зачем его отправили."
    ),
    "uk": (
        "Пором вирушив на світанку, і на борту не було нікого, крім команди, яка взяла із собою хліб. Ніхто так і не "
        "сказав, навіщо його відправили."
    ),
    "ar": ("غادرت العبّارة عند الفجر ولم يكن على متنها أحد سوى الطاقم الذي أحضر خبزه معه، ولم يقل أحد حتى اليوم لماذا أُرسلت."),
    "fa": (
        "کشتی سپیده‌دم رفت و هیچ‌کس جز خدمه‌ای که نان خود را آورده بودند در آن نبود. هنوز کسی نگفته است چرا فرستاده شد "
        "و از بندر هم نپرسیده‌اند."
    ),
    "ja": (
        "フェリーは夜明けに出たが、乗っていたのは自分のパンを持ってきた乗組員だけだった。なぜ出航したのかは、いまだに誰も語っていない。"
    ),
    "zh": ("渡轮在黎明时分出发，船上除了自带面包的船员之外没有任何人。至今没有人说明为什么要派它出去，港务局也没有被问到。"),
    "ko": ("여객선은 새벽에 떠났고 배에는 자기 빵을 가져온 선원들 말고는 아무도 없었다. 왜 보냈는지는 아직 아무도 말하지 않았다."),
    "th": ("เรือข้ามฟากออกเดินทางตอนรุ่งสางโดยไม่มีใครอยู่บนเรือ นอกจากลูกเรือที่นำขนมปังมาเอง"),
    "el": ("Το πλοίο έφυγε την αυγή χωρίς κανέναν εκτός από το πλήρωμα, που είχε φέρει το δικό του ψωμί."),
}


# Texts that function words alone must tell, with no model and no declaration.
BY_WORDS = {
    "xh": (
        "Ibhulorho ivaliwe ukuze ilungiswe kodwa abantu abakafiki ukuba baqale umsebenzi. Usodolophu uthi oko akuyompazamo yakhe, "
        "kwaye imali sele ihlawulwe kwi nkampani nangona kungekho nto yenziweyo ngoku."
    ),
    "zu": (
        "Ibhuloho livaliwe ukuze lilungiswe kodwa abantu abakafiki. Imeya ithi lokhu akulona iphutha lakhe futhi imali isikhokhiwe, "
        "noma umsebenzi ungakaqali ngoba inkampani ithi kumele ilinde manje."
    ),
    "ru": (
        "Мост закрыли на ремонт ещё весной, но рабочие так и не пришли. Как сказал мэр, "
        "это не его вина, а подрядчик уже получил деньги за все работы."
    ),
    "uk": (
        "Міст закрили на ремонт ще навесні, але робітники так і не прийшли. Як сказав "
        "мер, це не його вина, а підрядник вже отримав гроші за роботи."
    ),
    "bg": (
        "Мостът беше затворен за ремонт още през пролетта, но работниците не са дошли. "
        "Кметът каза, че това не е негова вина и че парите са платени."
    ),
    "sr": (
        "Мост је затворен због поправке још на пролеће, али радници нису дошли. "
        "Градоначелник каже да то није његова кривица и да је новац исплаћен."
    ),
    "ar": (
        "أغلق الجسر في الربيع من أجل الإصلاح لكن العمال لم يأتوا حتى الآن. وقال رئيس البلدية "
        "إن هذا ليس خطأه بل خطأ الشركة التي حصلت على المال منذ ذلك اليوم."
    ),
    "fa": (
        "این پل در بهار برای تعمیر بسته شد اما کارگران هنوز نیامده‌اند. شهردار گفت که این تقصیر او نیست و پول آن را به پیمانکار داده است."
    ),
    "ur": (
        "یہ پل بہار میں مرمت کے لیے بند کیا گیا تھا لیکن مزدور اب تک نہیں آئے۔ میئر "
        "نے کہا کہ یہ ان کی غلطی نہیں ہے اور رقم ادا کر دی گئی ہے۔"
    ),
    "hi": ("यह पुल मरम्मत के लिए वसंत में बंद किया गया था लेकिन मजदूर अब तक नहीं आए। महापौर ने कहा कि यह उनकी गलती नहीं है और पैसा दिया जा चुका है।"),
    "mr": ("हा पूल दुरुस्तीसाठी बंद केला होता मात्र कामगार आले नाहीत. ही चूक माझी नाही असे महापौर म्हणाले आणि पैसे दिले आहेत हे त्यांनी सांगितले."),
    "bn": ("এই সেতু মেরামতের জন্য বসন্তে বন্ধ করা হয়েছে কিন্তু শ্রমিকরা এখনো আসেনি। মেয়র বলেন যে এটা তার দোষ না এবং টাকা দেওয়া হয়েছে।"),
    "vi": (
        "Cây cầu đã được đóng để sửa chữa từ mùa xuân nhưng công nhân vẫn không đến. Thị "
        "trưởng nói đây là lỗi của nhà thầu và tiền đã được trả cho họ."
    ),
    "hr": (
        "Most je zatvoren zbog popravka još u proljeće, ali radnici nisu došli. "
        "Gradonačelnik kaže da to nije njegova krivnja i da je novac isplaćen za sve."
    ),
    "sk": (
        "Most je zatvorený pre opravu už od jari, ale robotníci neprišli. Primátor povedal, že "
        "to nie je jeho vina a že peniaze sú už vyplatené, no nikto ich nemá."
    ),
    "sl": (
        "Most je zaprt zaradi popravila že od pomladi, vendar delavcev še ni bilo. Župan "
        "pravi, da to ni njegova krivda in da so denar izplačali za vse."
    ),
    "lt": (
        "Tiltas buvo uždarytas remontui dar pavasarį, bet darbininkai taip ir neatvyko. Meras "
        "sako, kad tai ne jo kaltė ir kad pinigai jau yra sumokėti už darbus."
    ),
    "lv": (
        "Tilts tika slēgts remontam jau pavasarī, bet strādnieki tā arī nav atnākuši. Mērs "
        "saka, ka tā nav viņa vaina un ka nauda par darbiem ir samaksāta."
    ),
    "et": (
        "Sild suleti juba kevadel, aga töölised ei ole ikka tulnud. Linnapea ütles, et see ei "
        "ole tema süü ja et raha on kõik välja makstud, kuid keegi ei tea kuhu."
    ),
    "af": (
        "Die brug is in die lente gesluit, maar die werkers het nog nie gekom nie. Die "
        "burgemeester sê dat dit nie sy skuld is nie en dat die geld betaal is."
    ),
    "ca": (
        "El pont és tancat des de la primavera, però els obrers no han vingut. L'alcalde diu "
        "que no és culpa seva i que els diners ja han estat pagats amb un xec."
    ),
    "is": (
        "Brúin var lokuð í vor en verkamenn hafa ekki komið. Bæjarstjórinn segir að það sé ekki "
        "honum að kenna og að það hafi verið greitt fyrir um leið og við var búist."
    ),
    "tl": (
        "Ang tulay ay isinara noong tagsibol para ayusin, pero hindi pa rin dumating ang mga "
        "manggagawa. Ayon sa alkalde, hindi niya ito kasalanan at bayad na ang lahat."
    ),
    "gl": (
        "A ponte está pechada desde a primavera, pero os obreiros non viñeron. O alcalde di "
        "que non é culpa súa e que o diñeiro xa foi pagado por unha empresa."
    ),
}


def page(head: str = "", *, lang: str = "") -> tuple[Document, Facts]:
    document = parse(f"<html{f' lang={lang!r}' if lang else ''}><head>{head}</head><body><p>x</p></body></html>")
    return document, structured.read(document)


@pytest.mark.parametrize("code", TEXTS)
def test_the_text_tells_its_language(code: str) -> None:
    chosen = language.identify(TEXTS[code])
    assert chosen is not None
    assert chosen.value == code


@pytest.mark.parametrize("code", TEXTS)
def test_a_wrong_declaration_is_overruled(code: str) -> None:
    chosen = language.read(*page(lang="en-US"), TEXTS[code])
    assert chosen is not None
    assert chosen.value == code


def test_function_words_confirm_the_declaration() -> None:
    chosen = language.read(*page(lang="en-GB"), ENGLISH)
    assert chosen is not None
    assert (chosen.value, chosen.provenance.origin, chosen.provenance.raw) == ("en", Origin.DOM, "en-GB")


def test_function_words_tell_the_language_where_nothing_is_declared() -> None:
    chosen = language.read(*page(), f"{ENGLISH} {ENGLISH}")
    assert chosen is not None
    assert (chosen.value, chosen.provenance.origin, chosen.provenance.raw) == ("en", Origin.TEXT, "function words: en")


@pytest.mark.parametrize("code", BY_WORDS)
def test_function_words_need_no_model(code: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(language, "_identifier", lambda: pytest.fail("the model was asked"))
    chosen = language.identify(BY_WORDS[code])
    assert chosen is not None
    assert (chosen.value, chosen.provenance.raw) == (code, f"function words: {code}")


def test_one_sign_repeated_is_no_language() -> None:
    text = "Bremskreis s Druck s Kolben s Scheibe s Belag s Sattel s Pedal s Leitung s Pumpe s Ventil s Rad s Sensor s Kabel s Motor"
    chosen = language.read(*page(lang="cs"), text)
    assert chosen is not None
    assert chosen.value != "cs" or chosen.provenance.confidence < 0.9


@pytest.mark.parametrize(
    ("head", "origin"),
    [
        ('<meta property="og:locale" content="en_GB">', Origin.OPENGRAPH),
        ('<meta http-equiv="content-language" content="en">', Origin.META),
        ('<script type="application/ld+json">{"@type": "Article", "headline": "x", "inLanguage": "en-GB"}</script>', Origin.JSONLD),
    ],
)
def test_every_declaration_counts(head: str, origin: str) -> None:
    chosen = language.read(*page(head), ENGLISH)
    assert chosen is not None
    assert (chosen.value, chosen.provenance.origin) == ("en", origin)


def test_a_short_text_leaves_it_to_the_declaration() -> None:
    chosen = language.read(*page(lang="nb"), "Ja.")
    assert chosen is not None
    assert (chosen.value, chosen.provenance.confidence < 0.9) == ("nb", True)
    assert language.identify("Ja.") is None
    assert language.read(*page(), "") is None


def test_the_page_decides_between_languages_that_share_their_words() -> None:
    text = "Nordmannen var om bord på fergen da den gikk ved daggry, og ingen andre enn mannskapet hadde tatt med seg brød til turen."
    for declared in ("nb", "no"):
        chosen = language.read(*page(lang=declared), text)
        assert chosen is not None
        assert chosen.value == declared


def test_the_model_is_loaded_only_when_it_is_needed() -> None:
    program = (
        "import sys; from extractors import structured; from extractors.document import parse; from extractors.fields import language; "
        f"page = parse('<html lang=en><p>x'); language.read(page, structured.read(page), {ENGLISH!r}); language.identify({TEXTS['ja']!r}); "
        "print('py3langid' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, stdin=subprocess.DEVNULL)
    assert done.stdout.split() == ["False"]
