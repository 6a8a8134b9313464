"""Which language a passage is in: another one is named, and nothing English is taken for it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.language import foreign_among, language_of, name_of_language, sentences, tokenise

# A foreign minister visits New Delhi, and the two states sign an agreement; written for these tests.
ABROAD = {
    "fr": "Le ministre des Affaires étrangères s'est rendu à New Delhi, où il a rencontré son homologue. Les deux pays ont signé un accord sur l'énergie nucléaire.",
    "es": "El ministro de Exteriores visitó Nueva Delhi, donde se reunió con su homólogo. Los dos países firmaron un acuerdo que amplía la cooperación.",
    "de": "Der Außenminister reiste am Montag nach Neu-Delhi und traf dort seinen Amtskollegen. Die beiden Länder haben ein Abkommen über die Kernenergie unterzeichnet.",
    "pt": "O ministro das Relações Exteriores visitou Nova Délhi, onde se reuniu com o seu homólogo. Os dois países assinaram um acordo que não foi divulgado.",
    "it": "Il ministro degli Esteri ha visitato Nuova Delhi, dove ha incontrato il suo omologo. I due paesi hanno firmato un accordo che prevede più scambi.",
    "nl": "De minister van Buitenlandse Zaken bracht een bezoek aan New Delhi, waar hij zijn ambtgenoot ontmoette. Het akkoord werd ook door de Kamer goedgekeurd.",
    "tr": "Dışişleri Bakanı pazartesi günü Yeni Delhi'yi ziyaret etti ve mevkidaşı ile görüştü. İki ülke enerji için bir anlaşma imzaladı.",
    "id": "Menteri Luar Negeri mengunjungi New Delhi pada hari Senin dan bertemu dengan rekannya. Kedua negara menandatangani perjanjian yang akan memperluas kerja sama.",
    "pl": "Minister spraw zagranicznych odwiedził Nowe Delhi, gdzie spotkał się ze swoim odpowiednikiem. Oba kraje podpisały umowę, która nie została ogłoszona.",
    "sw": "Waziri wa Mambo ya Nje alitembelea New Delhi siku ya Jumatatu na kukutana na mwenzake. Nchi hizo mbili zilitia saini makubaliano ya nishati katika mkutano huo.",
    "vi": "Bộ trưởng Ngoại giao đã thăm New Delhi và gặp người đồng cấp. Hai nước đã ký một hiệp định về năng lượng trong chuyến thăm này.",
    "sv": "Utrikesministern besökte New Delhi på måndagen och träffade sin kollega. De två länderna har undertecknat ett avtal som inte har offentliggjorts.",
    "ro": "Ministrul de Externe a vizitat New Delhi, unde s-a întâlnit cu omologul său. Cele două țări au semnat un acord pentru energie care nu a fost publicat.",
    "hu": "A külügyminiszter hétfőn Újdelhibe látogatott, ahol találkozott kollégájával. A két ország egy megállapodást is aláírt, amely még nem nyilvános és nem volt vita.",
    "fi": "Ulkoministeri vieraili maanantaina New Delhissä ja tapasi kollegansa. Maat allekirjoittivat sopimuksen, joka ei ole vielä julkinen, mutta se on myös tärkeä.",
    "ru": "Министр иностранных дел посетил Нью-Дели и встретился со своим коллегой. Страны подписали соглашение.",
    "uk": "Міністр закордонних справ відвідав Нью-Делі та зустрівся зі своїм колегою. Країни підписали угоду про її співпрацю.",
    "ar": "زار وزير الخارجية نيودلهي يوم الاثنين والتقى نظيره. ووقع البلدان اتفاقا في مجال الطاقة.",
    "fa": "وزیر امور خارجه روز دوشنبه به دهلی نو سفر کرد و با همتای خود دیدار کرد. این توافق را دو کشور امضا کردند.",
    "ur": "وزیر خارجہ نے پیر کے روز نئی دہلی کا دورہ کیا اور اپنے ہم منصب سے ملاقات کی۔ دونوں ممالک میں معاہدہ ہوا ہے۔",
    "hi": "विदेश मंत्री ने सोमवार को नई दिल्ली का दौरा किया और अपने समकक्ष से मुलाकात की। दोनों देशों ने समझौते पर हस्ताक्षर किए।",
    "zh": "外交部长星期一访问新德里，会见了印度外长。两国签署了核能协议。",
    "ja": "外務大臣は月曜日にニューデリーを訪問し、インドの外相と会談した。両国は協定に署名した。",
    "ko": "외교부 장관은 월요일 뉴델리를 방문하여 상대국 장관과 회담했다. 양국은 협정에 서명했다.",
    "el": "Ο υπουργός Εξωτερικών επισκέφθηκε τη Δευτέρα το Νέο Δελχί. Οι δύο χώρες υπέγραψαν συμφωνία.",
    "he": "שר החוץ ביקר ביום שני בניו דלהי ונפגש עם עמיתו. שתי המדינות חתמו על הסכם.",
    "bn": "পররাষ্ট্রমন্ত্রী সোমবার নয়াদিল্লি সফর করেছেন।",
    "th": "รัฐมนตรีว่าการกระทรวงการต่างประเทศเยือนนิวเดลี",
    "am": "የውጭ ጉዳይ ሚኒስትሩ ሰኞ ዕለት ኒው ዴሊን ጎበኙ።",
    "ka": "საგარეო საქმეთა მინისტრი ორშაბათს ნიუ-დელის ეწვია.",
    "so": "Wasiirka arrimaha dibadda ayaa booqday Nairobi, waxaana uu la kulmay dhiggiisa oo ka socda Kenya. Labada dal waxay kala saxiixdeen heshiis.",
}
ENGLISH = [
    "Le Drian met Modi in New Delhi.",
    "The Universidad de la República de los Andes y del Sur said that it will sign.",
    "His book La politique étrangère de la France dans le monde appeared in 2004.",
    '"Nous sommes avec vous et nous ne vous abandonnerons pas," he said.',
    "President Macron told reporters: « Nous ne sommes pas en guerre et nous ne voulons pas que cela dure ».",
    "France condemns Iran strike.",
    "Exports to Kenya 1,234 2,345",
    "Santiago de Chile, Río de la Plata, Villa de las Rosas, San Juan de los Lagos y Mar del Plata",
    "The party Alternative für Deutschland und die Linke war nicht dabei, Berlin said.",
    "Le Monde, Die Zeit, El País, La Repubblica, Der Spiegel",
    "PRESIDENT OF FRANCE MET THE PRIME MINISTER OF INDIA",
    "The minister (ministre de l'Europe et des affaires étrangères, qui est dans une position) met them.",
    "Osama bin Laden al-Qaeda el-Sisi van der Bellen von der Leyen",
    "Chancellor Olaf Scholz und Emmanuel Macron met.",
    "He met 王毅 (Wang Yi) in Beijing 北京 on Monday.",
    "Putin arrived in Москва.",
    "Exports\t1,234\t2,345\nImporte\t12\t14",
    "",
]


def foreign(text: str) -> list[str]:
    """The language of each sentence of a text, empty for English."""
    return foreign_among([tokenise(sentence.text) for sentence in sentences(text)])


@pytest.mark.parametrize("tag", ABROAD)
def test_another_language_is_recognised(tag: str) -> None:
    """Each sentence of a report in another language is of that language, and so is the whole."""
    assert set(foreign(ABROAD[tag])) == {tag}
    assert language_of(ABROAD[tag]) == tag
    assert name_of_language(tag) != name_of_language("und")


@pytest.mark.parametrize("text", ENGLISH)
def test_english_with_foreign_names_and_quotations_stays_english(text: str) -> None:
    """Names, titles and quotations in another language do not make a sentence foreign."""
    assert not any(foreign(text))


@pytest.mark.parametrize("tag", ABROAD)
def test_a_mixed_text_is_told_sentence_by_sentence(tag: str) -> None:
    """English around a passage in another language is still English, also a short sentence without English words."""
    before, after = (
        "The two ministers met in Paris. France condemned Iran.",
        "Kenya praised Uganda. They will meet again.",
    )
    told = foreign(f"{before}\n\n{ABROAD[tag]}\n\n{after}")
    assert told[:2] == told[-2:] == ["", ""]
    assert tag in told[2:-2] and set(told[2:-2]) <= {tag, ""}


@pytest.mark.parametrize("tag", ["zh", "ja", "hi", "ur", "am"])
def test_stops_of_other_scripts_end_a_sentence(tag: str) -> None:
    """English behind a sentence of another script, on the same line, is read."""
    assert foreign(f"{ABROAD[tag]} France condemned Iran on Monday.")[-1] == ""


def test_a_short_sentence_among_foreign_ones_is_of_their_language() -> None:
    """What cannot be told alone is told by the sentences on both sides, unless it has an English word."""
    french = "Les deux pays ont signé un accord qui est dans leur intérêt."
    assert foreign(f"{french} Paris applaudit. {french}") == ["fr", "fr", "fr"]
    assert foreign(f"{french} Paris said that. {french}") == ["fr", "", "fr"]


def test_a_language_without_a_name_is_another_language() -> None:
    """A script that is not known is left out too, without a name."""
    assert foreign("ᏣᎳᎩ ᎦᏬᏂᎯᏍᏗ ᏗᏂᏏᎶᎩ") == ["und"]
    assert name_of_language("und") == "another language"


@given(st.lists(st.text(max_size=60), max_size=8))
def test_any_passages_are_told(texts: list[str]) -> None:
    """Whatever the passages, each gets one answer: nothing, or a tag that has a name."""
    tags = foreign_among([tokenise(text) for text in texts])
    assert len(tags) == len(texts)
    assert all(not tag or name_of_language(tag) for tag in tags)
