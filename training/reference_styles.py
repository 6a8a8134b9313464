"""References invented for training, in the styles of notes and lists: the labels are those of tests/documents/references/notes.txt.

Every work is made up of lists; what the styles print is known, and so is its label.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator

FAMILIES = """Abbott Achebe Adeyinka Aguilar Ahmadi Aktaş Al-Rashid Andersen Anwar Aoki Appiah Asante Bailey Bajwa Balogun Banerjee Barros Bauer
Becker Bello Benítez Bergström Bianchi Bose Brandt Brennan Campbell Carvalho Castro Chandra Chaudhary Chen Cheruiyot Clarke Cohen Conti Cruz
da Silva|Das|de Vries|de la Cruz|Demir Desai Diallo Diaz Dimitrov Dubois Duarte Ekström Eriksen Evans Farouk Fernandes Fischer Fofanah Fraser Fujita Gandhi García
Ghosh Gomes Graham Gupta Haddad Hakimi Halvorsen Hansen Haq Haruna Hayashi Hernández Hoffmann Horváth Huang Hughes Hussain Ibrahim Ishikawa
Ivanov Iqbal Jansen Jha Johansson Jones Kamau Kapoor Karimov Kato Kaya Khan Kim Kimani Kobayashi Kovács Kowalski Kumar Lange Larsen Lebedev Lee Leroy
Lewis Li Lim López MacDonald Mahmood Malik Marino Martin Matsuda Mazur Mbeki McKenna Mehta Mendoza Meyer Mishra Mohamed Moreau Morgan Mukherjee
Müller Murphy Mutua Nair Nakamura Ndlovu Nguyen Nielsen Nkosi Novák O'Brien Oduor Ogawa Okafor Okello Olsen Omar Onyango Ortega Ozturk Park Patel
Pereira Peterson Petrov Pham Pillai Popov Qadir Rahman Rana Rao Reddy Richter Rivera Robinson Rossi Roy Saeed Said Saito Salazar Sánchez Santos Sato
Schneider Sen Shah Sharma Shrestha Siddiqui Singh Sithole Smith Sokolov Suzuki Takahashi Tamang Tan Tanaka Taylor Tesfaye Thapa Thompson Tran
Turner Ueda Uddin van Dijk|van der Berg|Vargas Vasquez Verma Vogel von Braun|Walker Wang Weber Wilson Wolf Wong Wright Yamamoto Yang Yilmaz Young Yusuf Zafar Zhang Zimmermann"""
GIVEN = """Adam Aisha Akira Alan Alice Ama Amit Ana Andrea Anna Arjun Ayesha Barbara Bilal Carlos Catherine Chiara Christine Daniel David Deborah Dmitri
Edward Elena Emily Erik Fatima Fiona François Gabriel Giulia Grace Hannah Hassan Helen Hiroshi Ian Ibrahim Imran Ingrid Irene Jacob James Jane
Joao John José Julia Karim Kenji Kofi Laura Leila Liam Ling Louise Lucas Maria Mark Marta Mehmet Michael Min-jung Mohammed Nadia Naoko Ngozi Nikolai Olga
Olivia Omar Paul Pedro Peter Priya Rajiv Rania Richard Robert Rosa Samuel Sana Sarah Sergei Shahid Simon Sofia Sunita Susan Tariq Thomas Usman
Victor Wei William Yasmin Yuki Zainab"""
STATES = """Japan Pakistan India Nepal Bhutan China Mongolia Vietnam Laos Thailand Malaysia Indonesia Philippines Australia Fiji Tonga Kenya Uganda Tanzania
Rwanda Ethiopia Eritrea Somalia Sudan Egypt Libya Tunisia Algeria Morocco Senegal Mali Ghana Togo Nigeria Cameroon Chad Gabon Angola Zambia
Zimbabwe Mozambique Botswana Namibia Lesotho Oman Yemen Qatar Kuwait Bahrain Iraq Iran Jordan Syria Lebanon Israel Turkey Greece Cyprus Albania
Serbia Croatia Slovenia Hungary Romania Bulgaria Moldova Ukraine Poland Lithuania Latvia Estonia Finland Sweden Norway Denmark Iceland Ireland
France Germany Austria Italy Spain Portugal Belgium Netherlands Switzerland Georgia Armenia Azerbaijan Kazakhstan Uzbekistan Tajikistan Mexico
Guatemala Honduras Panama Colombia Venezuela Ecuador Peru Bolivia Chile Argentina Uruguay Paraguay Brazil Guyana Haiti Jamaica Cuba Canada"""
CITIES = """Tokyo Islamabad Karachi Lahore|New Delhi|Mumbai Kathmandu Dhaka Colombo Beijing Hanoi Bangkok|Kuala Lumpur|Jakarta Manila Canberra Suva Nairobi
Kampala|Dar es Salaam|Kigali|Addis Ababa|Asmara Khartoum Cairo Tunis Algiers Rabat Dakar Accra Lagos Abuja Luanda Lusaka Harare Pretoria|Cape Town|Muscat
Doha Riyadh Baghdad Tehran Amman Damascus Beirut Jerusalem Ankara Istanbul Athens Nicosia Tirana Belgrade Zagreb Budapest Bucharest Sofia
Kyiv Warsaw Vilnius Riga Tallinn Helsinki Stockholm Oslo Copenhagen Dublin London Oxford Cambridge Paris Berlin Bonn Vienna Rome Madrid Lisbon Brussels
The Hague|Geneva Zurich Tbilisi Yerevan Baku Tashkent Astana|Mexico City|Bogotá Lima|La Paz|Santiago|Buenos Aires|Montevideo Brasília|New York|Washington, DC|Washington
Princeton, NJ|Cambridge, MA|Chicago|Boston|Berkeley|New Haven|Ithaca, NY|Boulder, CO|Aldershot|Basingstoke|Leiden|Singapore"""
PAPERS = """The Times|The Guardian|Financial Times|The New York Times|Washington Post|The Wall Street Journal|Dawn|The News International|The Nation|The Hindu
Times of India|The Indian Express|Hindustan Times|The Japan Times|Mainichi Shimbun|Yomiuri Shimbun|Nikkei Asia|Kyodo News|China Daily|People's Daily|Global Times
Xinhua|Reuters|AFP|Associated Press|BBC News|Al Jazeera|Daily Nation|The Standard|The East African|New Vision|The Citizen|Addis Standard|Sudan Tribune
Al-Ahram|Gulf Times|Arab News|The Jordan Times|Daily Sabah|Hürriyet Daily News|Kathimerini|Le Monde|Le Figaro|Die Zeit|Frankfurter Allgemeine Zeitung|Der Spiegel
El País|La Repubblica|Corriere della Sera|Folha de S. Paulo|Clarín|La Nación|El Tiempo|The Economist|Newsweek|The Diplomat|Foreign Policy|The Express Tribune
Business Standard|The Straits Times|Bangkok Post|Jakarta Post|Manila Bulletin|The Fiji Times|Irish Times|Helsingin Sanomat|Aftenposten|Dagens Nyheter|Gazeta Wyborcza|RIA Novosti|TASS"""
JOURNALS = """International Affairs|Foreign Affairs|World Politics|International Organization|Journal of Peace Research|Security Studies|Asian Survey|Pacific Review
Third World Quarterly|African Affairs|Journal of Modern African Studies|Middle East Journal|Survival|Orbis|Strategic Studies|Pakistan Horizon|India Quarterly
Economic and Political Weekly|Contemporary South Asia|Central Asian Survey|Europe-Asia Studies|Cold War History|Diplomatic History|The World Economy
Journal of International Economics|Review of International Studies|Global Governance|Millennium|European Journal of International Law
American Journal of International Law|Journal of World Trade|Journal of Borderlands Studies|Water International|Ocean Development and International Law
Revue française de science politique|Politique étrangère|Zeitschrift für Politik|Internasjonal Politikk|Japan Review|Latin American Research Review|IPRI Journal|Regional Studies
Policy Perspectives|Strategic Analysis|NDU Journal|Margalla Papers|Asian Security|Journal of Contemporary China"""
PUBLISHERS = """Oxford University Press|Cambridge University Press|Princeton University Press|Columbia University Press|Routledge|Palgrave Macmillan|Macmillan|Sage
Penguin|Brill|Springer|Ashgate|Zed Books|Hurst & Co.|I.B. Tauris|Frank Cass|Lynne Rienner|Westview Press|Praeger|Kluwer|Martinus Nijhoff|Vanguard Books
Sang-e-Meel|Oxford|Har-Anand Publications|Konark|Orient Longman|University Press Limited|Fountain Publishers|East African Educational Publishers|Karthala|L'Harmattan
Nomos|Beck|Suhrkamp|Gallimard|Il Mulino|Laterza|Tecnos|Fondo de Cultura|Iwanami Shoten|University of Tokyo Press|Yale University Press|Cornell UP|OUP|CUP|W. W. Norton|Harper & Row"""
BODIES = """Ministry of Foreign Affairs|Ministry of External Affairs|Ministry of Finance|Ministry of Commerce|Ministry of Economy, Trade and Industry|State Bank|Central Bank|Bureau of Statistics|National Bureau of Statistics
World Bank|International Monetary Fund|Asian Development Bank|African Development Bank|United Nations|UNCTAD|UNDP|World Trade Organization|OECD|European Commission|Council of the European Union
African Union|ASEAN Secretariat|SAARC Secretariat|East African Community|International Crisis Group|Human Rights Watch|Amnesty International|Chatham House|RAND Corporation|Brookings Institution
Carnegie Endowment|Institute of Strategic Studies|Institute for Defence Studies and Analyses|Institute of Policy Studies|Observer Research Foundation|Board of Investment|Japan International Cooperation Agency|JETRO|Department for International Development
U.S. Department of State|Department of Commerce|House of Lords|Government of India|Government of Pakistan|Government of Japan|Stockholm International Peace Research Institute|International Energy Agency|FAO|UNHCR|WHO"""
THINGS = """trade pact|transit treaty|power deal|water accord|border agreement|defence pact|fisheries protocol|loan for dam|visa waiver|rail link|gas pipeline|air service|nuclear talks|prisoner swap
peace plan|flood relief|port lease|currency swap|free trade zone|extradition treaty|customs union|energy grid|steel tariffs|rice imports|arms sale|joint patrols"""
NOUNS = """Diplomacy|Trade|Security|Borders|Water|Energy|Aid|Alliance|Recognition|Transit|Sovereignty|Neutrality|Migration|Investment|Development|Containment|Cooperation|Conflict|Memory|Empire|Federalism|Fisheries|Debt|Power|Order"""
PLACES = """South Asia|East Africa|the Horn of Africa|the Balkans|the Baltic|the Caucasus|Central Asia|the Gulf|the Maghreb|the Sahel|Southeast Asia|the Pacific|the Nile Basin|the Indus Basin|the Mekong|Latin America|the Arctic|the Red Sea|Northeast Asia|the Levant"""
MONTHS = "January February March April May June July August September October November December".split()


def _split(words: str) -> list[str]:
    if "|" not in words:
        return words.split()
    found: list[str] = []
    for part in words.replace("\n", "|").split("|"):
        found.append(part.strip())
    return [part for part in found if part]


def _names(words: str) -> list[str]:
    """Return names set apart by spaces, those of several words by bars."""
    found: list[str] = []
    for line in words.splitlines():
        pieces = line.split("|")
        for place, piece in enumerate(pieces):
            several = place > 0 and (place < len(pieces) - 1) and len(piece.split()) <= 3
            found += [piece] if several else piece.split()
    return found


class Styles:
    """Invents works and prints them."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self.lists = {
            "family": _names(FAMILIES), "given": GIVEN.split(), "state": STATES.split(), "city": _cities(), "paper": _split(PAPERS),
            "journal": _split(JOURNALS), "publisher": _split(PUBLISHERS), "body": _split(BODIES), "thing": _split(THINGS),
            "noun": _split(NOUNS), "place": _split(PLACES),
        }  # fmt: skip

    def one(self, name: str) -> str:
        """Return one of a list."""
        return self.random.choice(self.lists[name])

    def pick(self, *options: str) -> str:
        """Return one of the options."""
        return self.random.choice(options)

    def chance(self, share: float) -> bool:
        """Whether something that happens in that share of cases happens now."""
        return self.random.random() < share

    def number(self, first: int, last: int) -> int:
        """Return a whole number."""
        return self.random.randint(first, last)

    def headline(self) -> str:
        """Return the title of a news report."""
        first, second = self.one("state"), self.one("state")
        city, thing = self.one("city").split(",")[0], self.one("thing")
        text = self.pick(
            f"{first}, {second} sign {thing}", f"{first} and {second} agree on {thing}", f"{first} rejects {thing} with {second}",
            f"{thing.capitalize()} stalls as {first} waits", f"{first} envoy arrives in {city}", f"Will {first} join the {thing}?",
            f"{thing.capitalize()}", f"{first} to lend {second} ${self.number(20, 900)}m for {thing}", f"PM in {city} for talks on {thing}",
            f"{city} hosts {first}-{second} talks: Full text", f"No {thing} before the vote, says {first}", f"Why {first} needs a {thing}",
            f"{first}'s {thing} with {second} at risk", f"'{thing.capitalize()} is dead'", f"{first} {thing}: what next for {second}?",
            f"{first}’s {city} problem", f"Exports to {first} fall {self.number(2, 60)} per cent in {self.number(1990, 2022)}",
            f"{city} Declaration adopted by {first} and {second}", f"A {thing} too far",
        )  # fmt: skip
        return text.title() if self.chance(0.3) else text

    def study(self) -> str:
        """Return the title of an article, book or report."""
        first, second = self.one("state"), self.one("state")
        noun, other, place = self.one("noun"), self.one("noun"), self.one("place")
        text = self.pick(
            f"{noun} and {other} in {place}", f"{first}-{second} Relations: {noun} and {other}", f"The Politics of {noun} in {place}",
            f"{first} and {place}: An Appraisal", f"{noun} without {other}: {first}, {second} and {place}", f"Rethinking {noun} in {place}",
            f"{first}'s Foreign Policy, {self.number(1945, 1990)}-{self.number(1991, 2015)}", f"A History of {place}", f"The {noun} of {other}",
            f"{noun}, {other} and the Making of {place}", f"Between {noun} and {other}: {first} after {self.number(1919, 1995)}", f"{noun} at the Edge",
            f"Does {noun} Cause {other}? Evidence from {first}", f"India, {first} and the {noun} Question", f"The {second} {noun} Reconsidered",
            f"Small States, Big {noun}", f"{first}: {noun} Challenges and Prospects", f"Explaining {second}'s {other}", f"Roads to {noun}", noun, second,
        )  # fmt: skip
        return text.capitalize() if self.chance(0.2) else text

    def names(self, role: str = "a", inverted: bool | None = None) -> str:
        """Return one to three labelled names in one label."""
        inverted = self.chance(0.4) if inverted is None else inverted
        short = self.chance(0.45)
        count = self.random.choices((1, 2, 3), (7, 3, 1))[0]
        found = []
        for place in range(count):
            family = self.one("family")
            given = (
                " ".join(f"{self.one('given')[0]}." for _ in range(self.number(1, 2))) if short else self.one("given")
            )
            if not short and self.chance(0.25):
                given += f" {self.one('given')[0]}."
            back = inverted and (place == 0 or short)
            found.append(f"{family}, {given}" if back else f"{given} {family}")
        joined = (
            found[0] if count == 1 else ", ".join(found[:-1]) + self.pick(" and ", ", and ", " & ", ", & ") + found[-1]
        )
        return f"{{{role}:{joined}}}"

    def date(self, form: str = "") -> str:
        """Return a day, a month or a year, labelled."""
        year, month, day = self.number(1950, 2023), self.random.choice(MONTHS), self.number(1, 28)
        if form == "year":
            return f"{{d:{year}}}"
        if form == "inner":
            return f"{{d:{year}, {month} {day}}}"
        brief = month[:3] + "." if len(month) > 4 else month
        return "{d:" + self.pick(
            f"{day} {month} {year}", f"{month} {day}, {year}", f"{day} {month} {year}", f"{month} {day}, {year}", f"{day} {brief} {year}",
            f"{brief} {day}, {year}", f"{month} {year}", f"{day}/{self.number(1, 12)}/{year}", f"{day}th {month} {year}",
        ) + "}"  # fmt: skip

    def pages(self) -> str:
        """Return pages, labelled."""
        first = self.number(1, 700)
        last = first + self.number(1, 30)
        return self.pick(
            f"{{p:{first}}}", f"{{p:{first}{self.pick('-', '–')}{last}}}", f"{{p:{first}-{str(last)[-2:]}}}"
        )

    def tail(self) -> str:
        """Return how a page was found, or nothing."""
        site = (
            self.pick("https://www.", "http://", "www.", "https://")
            + f"{self.pick('mofa', 'news', 'dawn', 'org', 'gov')}.example.{self.pick('org', 'com', 'jp/a', 'pk/news')}/{self.number(1, 9999)}"
        )
        day, month, year = self.number(1, 28), self.random.choice(MONTHS), self.number(2003, 2023)
        on = self.pick(f"{day} {month} {year}", f"{month} {day}, {year}")
        return self.pick(
            "", "", "", "", "", f", {{u:{site}}}", f", {{u:{site}}}, accessed {{s:{on}}}", f", available at {{u:{site}}} (accessed {{s:{on}}})",
            f". {{u:{site}}}", f". Accessed {{s:{on}}}. {{u:{site}}}", f". Retrieved from {{u:{site}}}", f" <{{u:{site}}}> accessed {{s:{on}}}",
            f". Retrieved {{s:{on}}}, from {{u:{site}}}", f", at {{u:{site}}} (last visited {{s:{on}}})", f". Web. {{s:{on}}}",
        )  # fmt: skip

    def city(self) -> str:
        """Return a labelled city."""
        return f"{{l:{self.one('city')}}}"

    def quoted(self, title: str, comma: bool = True) -> str:
        """Return a labelled title in quotation marks, the comma inside or outside."""
        first, last = self.pick("“”", "“”", '""', '""', "‘’", "''")
        if title.endswith("?"):
            return f"{first}{{t:{title}}}{last}" + ("," if comma and self.chance(0.5) else "")
        mark = "," if comma else "."
        return f"{first}{{t:{title}}}{mark}{last}" if self.chance(0.5) else f"{first}{{t:{title}}}{last}{mark}"

    def newspaper(self) -> str:
        """Return a news report in one of the styles."""
        paper, date = f"*{{c:{self.one('paper')}}}*", self.date()
        author = f"{self.names(inverted=False)}, " if self.chance(0.5) else ""
        title = self.headline()
        return self.pick(
            f"{author}{self.quoted(title)} {paper} ({self.city()}), {date}{self.tail()}.",
            f"{author}{self.quoted(title)} {paper}, {date}{self.tail()}.",
            f"{author}{self.quoted(title)} {paper}, {date}{self.tail()}.",
            f"{author}{self.quoted(title)} {paper} ({date}), p. {{p:{self.number(1, 20)}}}.",
            f"{author}{self.quoted(title)} {paper} ({self.city()}, {date}) {{p:{self.number(1, 30)}}}.",
            f"{self.names(inverted=True)} ({self.date('inner')}). {{t:{title}}}. {paper}{self.tail()}.",
            f"{self.names(inverted=True)} ({self.date('year')}) {self.quoted(title)} {paper}, {self.number(1, 28)} {self.random.choice(MONTHS)}{self.tail()}.",
            f"{self.names(inverted=True)}. {self.quoted(title, comma=False)} {paper}, {date}{self.tail()}.",
            f"{paper}, {self.quoted(title)} {date}{self.tail()}.",
            f"{paper}. ({self.date('inner')}). {{t:{title}}}{self.tail()}.",
            f"{{a:{self.pick('Staff Reporter', 'Editorial', 'Correspondent', 'Agencies')}}}, {self.quoted(title)} {paper}, {self.city()}, {date}.",
        )  # fmt: skip

    def journal(self) -> str:
        """Return an article in one of the styles."""
        name, title, pages = f"*{{c:{self.one('journal')}}}*", self.study(), self.pages()
        volume, issue, year = (
            f"{{v:{self.number(1, 120)}}}",
            f"{{i:{self.pick(str(self.number(1, 12)), '1-2', '3/4')}}}",
            self.date("year"),
        )
        roman = f"{{v:{self.pick('I', 'IV', 'VII', 'XII', 'XIX', 'XXIV', 'XXXI', 'XLV', 'LXX')}}}"
        when = self.pick(
            year,
            f"{{d:{self.pick('Spring', 'Summer', 'Autumn', 'Winter', 'January', 'July', 'October')} {self.number(1950, 2022)}}}",
        )
        return self.pick(
            f"{self.names(inverted=False)}, {self.quoted(title)} {name} {volume}, no. {issue} ({when}): {pages}.",
            f"{self.names(inverted=False)}, {self.quoted(title)} {name}, vol. {volume}, no. {issue} ({when}), pp. {pages}.",
            f"{self.names(inverted=False)}, {self.quoted(title)} {name}, Vol. {roman}, No. {issue}, {when}, pp. {pages}.",
            f"{self.names(inverted=False)}, {self.quoted(title)[:-1]}{self.pick('', ',')} {name}, {volume}:{issue} ({when}), {pages}.",
            f"{self.names(inverted=False)}, {{t:{title}}}, {name}, {volume} ({issue}), {year}, pp. {pages}.",
            f"{self.names(inverted=False)}, ‘{{t:{title}}}’ ({year}) {volume}({issue}) {name} {pages}.",
            f"{self.names(inverted=False)}, ‘{{t:{title}}}’ [{year}] {name} {pages}, {self.number(1, 400)}.",
            f"{self.names(inverted=True)} ({year}). {{t:{title}}}. {name}, {volume}({issue}), {pages}{self.tail()}.",
            f"{self.names(inverted=True)} ({year}). {{t:{title}}}. {name}, {volume}, {pages}. https://doi.org/{{x:10.{self.number(1000, 9999)}/{self.pick('ia', 'jpr', 'x')}.{self.number(1, 999)}}}",
            f"{self.names(inverted=True)}, {year}. {{t:{title}}}. {name}, {volume}({issue}), pp.{pages}.",
            f"{self.names(inverted=True)}. {year}. {self.quoted(title, comma=False)} {name} {volume} ({issue}): {pages}.",
            f"{self.names(inverted=True)}. {self.quoted(title, comma=False)} {name} {volume}.{issue} ({year}): {pages}. Print.",
            f"{self.names(inverted=True)}: {{t:{title}}}. {name} {volume} ({year}) {issue}, S. {pages}.",
            f"{self.names(inverted=True)}. {{t:{title}}}. {name} {year};{volume}({issue}):{pages}.",
            f"{self.names(inverted=True)}: {{t:{title}}}, in: {name} {volume} ({year}), S. {pages}.",
        )  # fmt: skip

    def book(self) -> str:
        """Return a book in one of the styles."""
        title, place, publisher, year = self.study(), self.city(), f"{{b:{self.one('publisher')}}}", self.date("year")
        page = self.pick("", "", f", {self.pages()}", f", p. {{p:{self.number(1, 500)}}}", f", pp. {self.pages()}")
        return self.pick(
            f"{self.names(inverted=False)}, *{{t:{title}}}* ({place}: {publisher}, {year}){page}.",
            f"{self.names(inverted=False)}, *{{t:{title}}}* ({place}: {publisher}, {year}){page}.",
            f"{self.names(inverted=False)}, *{{t:{title}}}*, {place}, {publisher}, {year}{page}.",
            f"{self.names(inverted=False)}, *{{t:{title}}}* ({publisher} {year}) {{p:{self.number(1, 400)}}}.",
            f"{self.names(inverted=False)}, *{{t:{title}}}* ({{k:{self.number(2, 9)}th edn}}, {publisher} {year}){page}.",
            f"{self.names(inverted=True)}. *{{t:{title}}}*. {place}: {publisher}, {year}.",
            f"{self.names(inverted=True)} ({year}). *{{t:{title}}}*. {place}: {publisher}.",
            f"{self.names(inverted=True)} ({year}). *{{t:{title}}}* ({{k:{self.number(2, 4)}nd ed.}}). {publisher}.",
            f"{self.names(inverted=True)}, {year}. *{{t:{title}}}*. {place}: {publisher}.",
            f"{self.names(inverted=True)}. {year}. *{{t:{title}}}*. {place}: {publisher}.",
            f"{self.names(inverted=True)}. *{{t:{title}}}*. {publisher}, {year}.",
            f"{self.names('e', inverted=False)} ({self.pick('ed.', 'eds.', 'eds')}), *{{t:{title}}}* ({place}: {publisher}, {year}){page}.",
            f"{self.names('e', inverted=False)}, eds., *{{t:{title}}}*, {place}: {publisher}, {year}{page}.",
            f"{self.names('e', inverted=True)} (Eds.) ({year}). *{{t:{title}}}*. {place}: {publisher}.",
            f"{self.names(inverted=True)}: *{{t:{title}}}*, {place} {year}{page}.",
        )  # fmt: skip

    def chapter(self) -> str:
        """Return a chapter in one of the styles."""
        title, whole, place, year = self.study(), self.study(), self.city(), self.date("year")
        publisher, pages = f"{{b:{self.one('publisher')}}}", self.pages()
        editors, back = self.names("e", inverted=False), self.names("e", inverted=True)
        return self.pick(
            f"{self.names(inverted=False)}, {self.quoted(title)} in *{{c:{whole}}}*, ed. {editors} ({place}: {publisher}, {year}), {pages}.",
            f"{self.names(inverted=False)}, {self.quoted(title)} in {editors}, {self.pick('ed.', 'eds.', 'eds')}, *{{c:{whole}}}* ({place}: {publisher}, {year}), pp. {pages}.",
            f"{self.names(inverted=False)}, {self.quoted(title)} in {editors} ({self.pick('ed.', 'eds.', 'eds')}), *{{c:{whole}}}*, {place}: {publisher}, {year}, p. {pages}.",
            f"{self.names(inverted=False)}, ‘{{t:{title}}}’ in {editors} (ed), *{{c:{whole}}}* ({publisher} {year}) {pages}.",
            f"{self.names(inverted=True)} ({year}). {{t:{title}}}. In {editors} ({self.pick('Ed.', 'Eds.')}), *{{c:{whole}}}* (pp. {pages}). {place}: {publisher}.",
            f"{self.names(inverted=True)}, {year}. {{t:{title}}}. In: {back}, eds. *{{c:{whole}}}*. {place}: {publisher}, pp. {pages}.",
            f"{self.names(inverted=True)}. {self.quoted(title, comma=False)} *{{c:{whole}}}*, edited by {editors}, {publisher}, {year}, pp. {pages}.",
            f"{self.names(inverted=True)}: {{t:{title}}}, in: {back} (Hrsg.): *{{c:{whole}}}*, {place} {year}, S. {pages}.",
            f"{self.names(inverted=False)}, {self.quoted(title)} in *{{c:{whole}}}*, {editors}, eds. ({place}: {publisher}, {year}), {pages}.",
        )  # fmt: skip

    def report(self) -> str:
        """Return a report, a press release or a document of an organisation in one of the styles."""
        title, place, body, year, day = self.study(), self.city(), self.one("body"), self.date("year"), self.date()
        genre = self.pick(
            "Working Paper {}",
            "Policy Brief",
            "Issue Brief No. {}",
            "Africa Report No. {}",
            "Discussion Paper {}",
            "Research Paper",
            "Occasional Paper {}",
            "Special Report {}",
        ).format(self.number(1, 400))
        document = self.pick(
            "S/RES/{}",
            "UN Doc. A/{}/12",
            "UN Doc S/2004/{}",
            "A/RES/61/{}",
            "E/CN.4/{}",
            "COM(2008) {} final",
            "WT/DS{}/R",
            "ECE/TRADE/{}",
        ).format(self.number(40, 2400))
        issued = self.pick(
            "Annual Report",
            "Economic Survey",
            "Statistical Yearbook",
            "Trade Policy Review",
            "Diplomatic Bluebook",
            "World Investment Report",
            "Handbook of Statistics",
            "Direction of Trade Statistics",
        ) + self.pick("", f" {self.number(1990, 2022)}", f" {self.number(1990, 2020)}-{self.number(10, 22)}")
        release = self.pick(
            "press release", "Press Release", "media note", "Press Release No. 12", "press statement", "joint statement"
        )
        return self.pick(
            f"{{a:{body}}}, *{{t:{issued}}}* ({place}: {{b:{body}}}, {year}), p. {{p:{self.number(1, 300)}}}.",
            f"{{a:{body}}}, *{{t:{issued}}}*, {place}, {year}{self.tail()}.",
            f"{{a:{body}}}. ({year}). *{{t:{title}}}*. {place}: {{b:{body}}}.",
            f"{{a:{body}}}, “{{t:{title}}},” {{g:{genre}}}, {day}{self.tail()}.",
            f"{self.names(inverted=False)}, {self.quoted(title)} {{g:{genre}}} ({place}: {{b:{body}}}, {day}), {{p:{self.number(1, 60)}}}.",
            f"{self.names(inverted=False)}, *{{t:{title}}}*, {{g:{genre}}} ({place}: {{b:{body}}}, {year}).",
            f"{self.names(inverted=True)}. {year}. *{{t:{title}}}*. {{g:{genre}}}. {place}: {{b:{body}}}.",
            f"{{a:{body}}}, {self.quoted(self.headline())} {{g:{release}}}, {day}{self.tail()}.",
            f"{self.quoted(self.headline())} {{b:{body}}}, {place}, {day}{self.tail()}.",
            f"{{g:{release.capitalize()}}}, {{a:{body}}}, {self.quoted(self.headline())} {place}, {day}.",
            f"{{a:{self.pick('UN Security Council', 'UN General Assembly', 'United Nations', 'UNSC', 'European Parliament')}}}, {{t:{self.pick('Resolution ' + str(self.number(100, 2400)), 'Report of the Secretary-General on ' + self.one('place'), self.study())}}}, {{g:{document}}}, {day}.",
            f"{{a:UN Security Council}}, {self.quoted(title)} {{g:{document}}}, {day}, para. {{p:{self.number(1, 90)}}}.",
            f"{{a:{body}}}, {self.pick('', place + ', ')}{{g:{release}}} {self.pick('of', 'of', 'dated', 'issued on')} {day}{self.tail()}.",
            f"{{a:{self.pick('Embassy', 'High Commission', 'Ministry of Foreign Affairs', 'Consulate')} of {self.one('state')}}}, {self.pick('', place + ', ')}{{g:{release}}}{self.pick(' of ', ', ')}{day}.",
            f"{{g:{document}}}, {day}, p. {{p:{self.number(1, 30)}}}.",
            f"{{t:Letter dated {self.number(1, 28)} May {self.number(1990, 2020)} from the Permanent Representative of {self.one('state')} to the President of the Security Council}}, {{g:{document}}}.",
        )  # fmt: skip

    def other(self) -> str:
        """Return a treaty, a speech, an interview, a page, a thesis, a paper at a conference or a law."""
        first, second = self.one("state"), self.one("state")
        day, year, place, noun = self.date(), self.date("year"), self.city(), self.one("noun")
        person = f"{self.one('given')} {self.one('family')}"
        office = self.pick(
            "the Foreign Minister",
            "the Prime Minister",
            f"President {self.one('family')}",
            f"Ambassador {person}",
            "the High Commissioner",
            f"H.E. {person}",
        )
        event = self.pick(
            "the Lake Summit",
            f"the {place[3:-1]} Forum",
            "the General Assembly",
            f"the Institute of {noun} Studies",
            "the Opening Session",
            f"the University of {place[3:-1]}",
        )
        pact = self.pick(
            "Treaty of Peace and Friendship",
            f"Agreement on {noun}",
            f"Convention on {noun}",
            "Memorandum of Understanding",
            f"Protocol on {noun}",
            "Joint Declaration",
            "Joint Communiqué",
            "Trade Agreement",
            f"Framework Agreement on {noun}",
        )
        between = self.pick(
            "",
            f" between {first} and {second}",
            f" between the Government of {first} and the Government of {second}",
            f" Between {first} and {second} on {noun}",
        )
        thesis = self.pick(
            "PhD thesis",
            "PhD diss.",
            "Ph.D. dissertation",
            "MA thesis",
            "Master's thesis",
            "unpublished PhD thesis",
            "doctoral dissertation",
            "M.Phil. thesis",
        )
        school = f"{{b:{self.pick('University of ' + place[3:-1], place[3:-1] + ' University', 'London School of Economics', 'Quaid-i-Azam University')}}}"
        who = self.pick(
            "a senior official",
            "a trader",
            "an official of the Ministry of Commerce",
            f"{person}, harbour master",
            office,
            "a retired diplomat",
            "customs officers",
            f"{person}",
        )
        return self.pick(
            f"{{t:{pact}{between}}}, {self.pick('', 'signed at ', 'signed in ', 'done at ')}{place}, {day}{self.pick('', ', art. ' + str(self.number(1, 40)), ', Article IV')}.",
            f"{{t:{pact}{between}}}, {day}, {{v:{self.number(1, 2900)}}} {{c:{self.pick('UNTS', 'U.N.T.S.', 'LNTS', 'ILM', 'ETS')}}} {{p:{self.number(1, 400)}}}.",
            f"{{t:{pact}{between}}} (adopted {day}, entered into force 3 May 1994) {{v:{self.number(1, 2900)}}} {{c:UNTS}} {{p:{self.number(1, 400)}}}.",
            f"{{t:{pact}{between}}}, {day}{self.tail()}.",
            f"{{t:{self.pick('Speech', 'Remarks', 'Address', 'Statement', 'Keynote address')} by {office} at {event}}}, {place}, {day}{self.tail()}.",
            f"{self.names(inverted=False)}, {self.quoted(self.study())[:-1]} ({self.pick('speech', 'lecture', 'address')}, {{g:{event}}}, {place}, {day}).",
            f"{self.names(inverted=False)}, {{t:{self.pick('Remarks at', 'Address to', 'Statement to', 'Speech at')} {event}}}, {place}, {day}{self.tail()}.",
            f"{self.names(inverted=True)} ({self.date('inner')}). *{{t:{self.study()}}}* [{{g:{self.pick('Speech', 'Address', 'Speech transcript')}}}]. {{b:{self.one('body')}}}, {place}.",
            f"{{t:{self.pick('Interview with', 'Author interview with', 'Telephone interview with', 'Author’s interview with', 'Personal interview with', 'Interviews with')} {who}}}, {place}, {day}.",
            f"{{t:Interview, {who}}}, {place}, {day}.",
            f"{self.names(inverted=False)}, interview {self.pick('by the author', 'with the author')}, {place}, {day}.",
            f"{{a:{self.one('body')}}}, {self.quoted(self.study())} {{u:https://www.example.org/{self.number(1, 999)}}} (accessed {{s:{self.number(1, 28)} May {self.number(2004, 2022)}}}).",
            f"{self.quoted(self.study())} {{b:{self.one('body')}}}{self.tail()}.",
            f"{{a:{self.one('body')}}}, {{t:{self.study()}}}, {{u:http://www.example.gov/{self.number(1, 999)}.htm}}.",
            f"{{a:{self.one('body')}}}. ({self.pick(year, '{d:n.d.}')}). *{{t:{self.study()}}}*. Retrieved {{s:May {self.number(1, 28)}, {self.number(2004, 2022)}}}, from {{u:http://www.example.org/{self.number(1, 99)}}}",
            f"{self.names(inverted=False)}, {self.quoted(self.study())} *{{c:{self.pick('Border Watch', 'Africa Up Close', 'Lawfare', 'War on the Rocks', 'South Asian Voices', 'East Asia Forum', 'openDemocracy')}}}*{self.pick('', ' (blog)')}, {day}, {{u:https://example.net/{self.number(1, 999)}}}.",
            f"{self.names(inverted=False)}, {self.quoted(self.study())[:-1]} ({{g:{thesis}}}, {school}, {year}), {self.pages()}.",
            f"{self.names(inverted=False)}, *{{t:{self.study()}}}*, {{g:{thesis}}}, {school}, {place}, {year}.",
            f"{self.names(inverted=True)}. {self.quoted(self.study(), comma=False)} {{g:{thesis}}}, {school}, {year}.",
            f"{self.names(inverted=True)} ({year}). *{{t:{self.study()}}}* ({{g:{thesis}}}). {school}, {place}.",
            f"{self.names(inverted=False)}, {self.quoted(self.study())} {{g:paper presented at}} the {{c:{self.pick('Annual Meeting of the', 'Third Conference of the', 'Convention of the')} {noun} Association}}, {place}, {day}.",
            f"{self.names(inverted=True)} ({year}). {{t:{self.study()}}}. In *{{c:Proceedings of the {self.number(2, 30)}th Conference on {noun}}}* (pp. {self.pages()}). {place}.",
            f"{{t:{noun} ({self.pick('Amendment', 'Control', 'Regulation')}) Act}}, {year}, {self.pick('s.', 'sec.', 'section')} {self.number(1, 90)}.",
            f"{{t:{noun} Act {self.number(1950, 2020)}}} ({first}), s {self.number(1, 90)}.",
            f"{{t:{noun} and Trade Act}}, {{v:{self.number(1, 130)}}} {{c:Stat.}} {{p:{self.number(1, 3000)}}} ({year}).",
            f"{{u:https://www.example.org/{self.number(1, 999)}}}",
        )  # fmt: skip

    def note(self) -> str:
        """Return a note: one work, now and then two, with or without a lead."""

        def work() -> str:
            kinds = (self.newspaper, self.journal, self.book, self.chapter, self.report, self.other)
            return self.random.choices(kinds, (5, 4, 4, 2, 3, 6))[0]()

        text = work()
        if self.chance(0.08):
            text = (
                text.rstrip(".")
                + self.pick("; ", "; see also ", "; and ", "; ", ", cited in ", ", quoted in ", ". See also ")
                + work()
            )
        if self.chance(0.1):
            text = (
                self.pick(
                    "See ",
                    "See also ",
                    "Cf. ",
                    "See, for example, ",
                    "For details see ",
                    "Quoted in ",
                    "Cited in ",
                    "As quoted in ",
                )
                + text
            )
        if self.chance(0.5):
            text = text.replace("*", "")
        if self.chance(0.1):
            text = text.rstrip(".")
        return re.sub(r"\.\.", ".", text)


def _cities() -> list[str]:
    found: list[str] = []
    for line in CITIES.splitlines():
        for place, piece in enumerate(pieces := line.split("|")):
            whole = 0 < place < len(pieces) - 1 or "," in piece or piece in ("The Hague", "New Delhi")
            found += [piece] if whole and len(piece.split()) <= 3 else piece.split()
    return [city for city in found if city not in ("The", "Hague")] + ["The Hague"]


def invented(count: int, seed: int) -> Iterator[str]:
    """Yield notes with their labels."""
    styles = Styles(seed)
    for _ in range(count):
        yield styles.note()
