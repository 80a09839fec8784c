"""Pages without a label, or with one that lies, are read in the encoding in which their text is a language's."""

import pytest

from extractors.decode import decode

TEXTS = {
    "Le ministère a été fermé à cause de la grève, et au cœur de la cité, l'hôpital où il était né fêtait Noël. ": ["cp1252", "iso8859-15"],
    "Die Bürger hörten mit großer Überraschung, dass die Brücke über den Fluss geschlossen wird. ": ["cp1252"],
    "El año pasado la señora pidió más información: ¿cuántos niños había en España? ": ["cp1252"],
    "A decisão não foi tomada até à manhã de terça-feira, quando a câmara anunciou as alterações. ": ["cp1252"],
    "La città è già stata informata perché il sindaco non può più aspettare. ": ["cp1252"],
    "Åklagaren säger att mannen på ön är misstänkt för grovt rån. ": ["cp1252"],
    "Pääministeri sanoi, että hän ei ymmärrä miksi äänestys päättyi. ": ["cp1252"],
    "The café owner said the naïve résumé cost £20 – “a joke”, he said. ": ["cp1252"],
    "Prezydent powiedział, że żaden z posłów nie będzie głosował za ustawą w środę. ": ["cp1250", "iso8859-2"],
    "Předseda vlády řekl, že příští týden začne jednání o státním rozpočtu. ": ["cp1250", "iso8859-2"],
    "A miniszterelnök szerint a hőség miatt sűrűbben jönnek az árvizek. ": ["cp1250", "iso8859-2"],
    "Başkan, şehrin en büyük köprüsünün gelecek yıl açılacağını söyledi. ": ["cp1254"],
    "Ministrė pažadėjo, kad naujas tiltas bus baigtas šią vasarą, ne žiemą. ": ["cp1257"],
    "Министр заявил, что город готов к зиме и что мост будет открыт в следующем году. ": ["cp1251", "koi8-r", "cp866"],
    "Міністр заявив, що місто готове до зими і що міст відкриють наступного року. ": ["cp1251", "koi8-u"],
    "Ο πρωθυπουργός είπε ότι η γέφυρα θα ανοίξει το επόμενο έτος. ": ["cp1253", "iso8859-7"],
    "ראש הממשלה אמר כי הגשר ייפתח בשנה הבאה למרות העיכובים. ": ["cp1255"],
    "قال رئيس الوزراء إن الجسر سيفتح في العام المقبل رغم التأخير. ": ["cp1256"],
    "นายกรัฐมนตรีกล่าวว่าสะพานจะเปิดในปีหน้า ": ["cp874"],
    "总理表示大桥将于明年开放尽管有所延误人们仍然期待。": ["gb18030"],
    "總理表示大橋將於明年開放儘管有所延誤人們仍然期待。": ["cp950"],
    "首相は来年に橋が開通すると述べたが、遅れは続いている。": ["cp932", "euc_jp"],
    "총리는 내년에 다리가 개통될 것이라고 말했다. ": ["cp949"],
}
CASES = [(text, encoding) for text, encodings in TEXTS.items() for encoding in encodings]


@pytest.mark.parametrize(("text", "encoding"), CASES)
@pytest.mark.parametrize("label", [None, "utf-8"])
def test_undeclared_and_mislabelled(text: str, encoding: str, label: str | None) -> None:
    page = f"<html><head><title>x</title></head><body><p>{text * 3}</p></body></html>"
    found = decode(page.encode(encoding), f"text/html; charset={label}" if label else "text/html")
    assert found.text == page
    assert not found.damaged


def test_signs_alone_tell_no_language() -> None:
    page = "<p>“It cost £20 – or €25”, he said.</p>"
    assert decode(page.encode("cp1252")).text == page
