"""Pages in scripts that end sentences with marks of their own, or with none: their paragraphs are prose all the same."""

import pytest

from extractors import extract

TEXTS = {
    "th": (
        "เรือข้ามฟากลำเก่ากลับมาวิ่งอีกครั้งเมื่อเช้าวันจันทร์ หลังจากหยุดไปสามเดือนเพื่อซ่อมเครื่องยนต์ ผู้โดยสารกลุ่มแรกมีเพียงสิบสองคน",
        "กัปตันเล่าว่าเขาใช้เวลาทั้งฤดูหนาวอยู่ในอู่ต่อเรือ ช่างสองคนถอดเครื่องยนต์ออกทั้งหมดแล้วประกอบใหม่ทีละชิ้น",
        "เทศบาลจ่ายเงินน้อยกว่าที่ประมาณไว้มาก เพราะชาวบ้านช่วยกันทาสีตัวเรือโดยไม่คิดค่าแรง และร้านไม้บริจาคพื้นเรือใหม่",
    ),
    "my": (
        "ကူးတို့သင်္ဘောဟောင်းသည် သုံးလကြာ ရပ်နားပြီးနောက် တနင်္လာနေ့ နံနက်တွင် ပြန်လည် ပြေးဆွဲခဲ့သည်။ ပထမဆုံး ခရီးသည်မှာ ဆယ့်နှစ်ဦးသာ ရှိသည်။",
        "ကပ္ပတိန်က ဆောင်းရာသီတစ်ခုလုံး သင်္ဘောကျင်းတွင် ကုန်ဆုံးခဲ့သည်ဟု ပြောသည်။ စက်ပြင်ဆရာ နှစ်ဦးက အင်ဂျင်ကို အသစ်ပြန်တပ်ဆင်ခဲ့သည်။",
        "မြို့တော်က ခန့်မှန်းထားသည်ထက် များစွာ နည်းသော ငွေကို ပေးခဲ့ရသည်။ အကြောင်းမှာ ရွာသားများက ဆေးသုတ်ရာတွင် ကူညီခဲ့သောကြောင့် ဖြစ်သည်။",
    ),
    "am": (
        "አሮጌው ጀልባ ለሦስት ወር ከቆመ በኋላ ሰኞ ጠዋት እንደገና ሥራ ጀመረ። የመጀመሪያዎቹ ተሳፋሪዎች አሥራ ሁለት ብቻ ነበሩ።",
        "ካፒቴኑ ክረምቱን ሙሉ በመርከብ ማሠሪያ ውስጥ እንዳሳለፈ ተናግሯል። ሁለት መካኒኮች ሞተሩን ፈትተው እንደገና ገጠሙት።",
        "ከተማው ከተገመተው ያነሰ ገንዘብ ከፍሏል፤ ምክንያቱም የመንደሩ ነዋሪዎች ያለ ክፍያ ጀልባውን ቀብተውታል።",
    ),
}


@pytest.mark.parametrize("language", TEXTS)
def test_every_paragraph_is_surely_kept(language: str) -> None:
    menu = "".join(f'<div><a href="/{number}">{text[:9]}</a></div>' for number, text in enumerate(TEXTS[language] * 4))
    text = "".join(f"<div>{paragraph}</div>" for paragraph in TEXTS[language])
    article = extract(
        f"<html lang={language}><body><div>{menu}</div><div><div>{TEXTS[language][0][:18]}</div>{text}</div><div>{menu}</div></body></html>"
    )
    assert [line for line in article.body.split("\n") if line in TEXTS[language]] == list(TEXTS[language])
    assert article.provenance["body"].confidence > 0.9
