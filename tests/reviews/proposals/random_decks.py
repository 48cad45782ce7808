"""Decks made by chance, with their truth: languages, ways to write numbers, layouts, and decoys beside the figures."""

import random
from decimal import Decimal

from app.reviews.proposals.proposal import AMOUNTS, FIGURES
from tests.making.campaign_deck import CampaignDeck

WORDS = {
    "en": {"budget": "Budget", "cost": "Actual cost", "expected_responses": "Expected responses", "sent": "Sent",
           "responses": "Responses", "leads": "Leads", "mqls": "MQLs", "sqls": "SQLs", "opportunities": "Opportunities",
           "pipeline": "Pipeline", "won": "Closed won", "margin": "Margin", "new_customers": "New customers"},
    "de": {"budget": "Budget", "cost": "Ist-Kosten", "expected_responses": "Erwartete Antworten", "sent": "Versendet",
           "responses": "Rückmeldungen", "leads": "Leads", "mqls": "MQL", "sqls": "SQL",
           "opportunities": "Verkaufschancen", "pipeline": "Pipeline", "won": "Umsatz gewonnen",
           "margin": "Deckungsbeitrag", "new_customers": "Neukunden"},
    "zh": {"budget": "预算", "cost": "实际成本", "expected_responses": "预期回复", "sent": "发送量",
           "responses": "回复", "leads": "线索", "mqls": "市场合格线索", "sqls": "销售合格线索",
           "opportunities": "商机", "pipeline": "商机金额", "won": "赢单金额",
           "margin": "毛利", "new_customers": "新客户"},
}
VALUE_HEAD = {"en": ("Metric", "Actual"), "de": ("Kennzahl", "Ist"), "zh": ("指标", "实际")}
DECOY_HEADS = {"en": ("Target", "Last year", "Δ %"), "de": ("Ziel", "Vorjahr", "Abw. %"),
               "zh": ("目标", "去年", "同比")}
DECOYS = {
    "en": ("Cost per lead", "Open rate", "Landing page visits", "Media cost", "Countries"),
    "de": ("Kosten pro Lead", "Öffnungsrate", "Seitenaufrufe", "Reisekosten", "Länder"),
    "zh": ("单条线索成本", "打开率", "页面访问", "差旅费", "国家"),
}
TOTAL = {"en": "Total", "de": "Gesamt", "zh": "合计"}
CHANNEL = {"en": "Channel", "de": "Kanal", "zh": "渠道"}
CURRENCIES = {"en": ("USD", "$"), "de": ("EUR", "€"), "zh": ("CNY", "元")}


def random_deck(seed: int) -> tuple[CampaignDeck, dict]:
    """A deck and the figures that a reader would take from it."""
    chance = random.Random(seed)
    language = chance.choice(list(WORDS))
    truth = {name: _figure(name, chance) for name in chance.sample(FIGURES, chance.randint(3, 9))}
    deck = CampaignDeck(f"Campaign {'ABCDEFGH'[seed % 8]}", "Q3 2026")
    make = chance.choice((_table, _turned_table, _channel_table, _bullets, _tiles, _split_tiles, _chart))
    taken = make(deck, language, truth, chance)
    deck.bullets("–", *(f"{label}: {chance.randint(2, 90)} %" for label in DECOYS[language]))
    return deck, {name: truth[name] for name in taken}


def _figure(name: str, chance: random.Random) -> Decimal | int:
    if name in AMOUNTS:
        return Decimal(chance.choice((chance.randint(11, 990) * 1000, chance.randint(10_001, 9_999_999))))
    return chance.choice((chance.randint(0, 99), chance.randint(100, 1899), chance.randint(2100, 99_999)))


def _count(value: int, language: str, chance: random.Random) -> str:
    separators = {"en": (",", ""), "de": (".", "\u00a0", ""), "zh": (",", "")}[language]
    return f"{value:,}".replace(",", chance.choice(separators))


def _money(value: Decimal, language: str, chance: random.Random) -> str:
    code, sign = CURRENCIES[language]
    grouped = _count(int(value), language, chance)
    ways = {"en": (f"${grouped}", f"USD {grouped}"), "de": (f"{grouped} €", f"€ {grouped}", f"EUR {grouped}"),
            "zh": (f"{grouped}元", f"人民币{grouped}", f"CNY {grouped}")}[language]
    if value % 1000 == 0 and chance.random() < 0.5:
        short, thousands = f"{value / 10_000:g}", value // 1000
        ways = {"en": (f"${thousands}k",), "de": (f"{thousands} T€", f"{thousands} Tsd. €"),
                "zh": (f"{short}万元",)}[language]
    return chance.choice(ways)


def _written(name: str, value, language: str, chance: random.Random) -> str:
    return (_money if name in AMOUNTS else _count)(value, language, chance)


def _decoy(name: str, language: str, chance: random.Random) -> str:
    return _written(name, _figure(name, chance), language, chance)


def _table(deck, language, truth, chance) -> list[str]:
    names = [name for name in truth if name not in ("budget", "expected_responses")]
    head, decoys = VALUE_HEAD[language], chance.sample(DECOY_HEADS[language][1:], chance.randint(0, 2))
    rows = [(WORDS[language][name], _written(name, truth[name], language, chance),
             *("12 %" if "%" in each or each == "同比" else _decoy(name, language, chance) for each in decoys))
            for name in names]
    rows += [(label, f"{chance.randint(1, 99)} %", *("1 %" for _ in decoys)) for label in DECOYS[language][:2]]
    chance.shuffle(rows)
    deck.table("Ergebnisse" if language == "de" else "Results", (*head, *decoys), *rows)
    return names


def _turned_table(deck, language, truth, chance) -> list[str]:
    names = list(truth)
    deck.table("Results", ("", *(WORDS[language][name] for name in names), DECOYS[language][1]),
               ("A", *(_written(name, truth[name], language, chance) for name in names), "31 %"))
    return names


def _channel_table(deck, language, truth, chance) -> list[str]:
    names = list(truth)
    parts = [tuple(_decoy(name, language, chance) for name in names) for _ in range(3)]
    rows = [(channel, *part) for channel, part in zip(("Webinar", "LinkedIn", "E-Mail"), parts, strict=True)]
    has_total = chance.random() < 0.7
    if has_total:
        rows.append((TOTAL[language], *(_written(name, truth[name], language, chance) for name in names)))
    deck.table("Results", (CHANNEL[language], *(WORDS[language][name] for name in names)), *rows)
    return names if has_total else []


def _bullets(deck, language, truth, chance) -> list[str]:
    colon = "：" if language == "zh" else chance.choice((": ", " – ", " = "))
    lines = [f"{WORDS[language][name]}{colon}{_written(name, value, language, chance)}"
             for name, value in truth.items()]
    lines += [f"{label}{colon}{chance.randint(2, 5000)}" for label in DECOYS[language][2:]]
    chance.shuffle(lines)
    deck.bullets("Results", *lines)
    return list(truth)


def _tiles(deck, language, truth, chance) -> list[str]:
    pairs = [(WORDS[language][name], _written(name, value, language, chance)) for name, value in truth.items()]
    pairs += [(label, f"{chance.randint(2, 5000)}") for label in DECOYS[language][2:]]
    is_number_first = chance.random() < 0.5
    deck.boxes("Results", *("\n".join(reversed(pair) if is_number_first else pair) for pair in pairs), columns=4)
    return list(truth)


def _split_tiles(deck, language, truth, chance) -> list[str]:
    pairs = [(WORDS[language][name], _written(name, value, language, chance)) for name, value in truth.items()]
    pairs += [(label, f"{chance.randint(2, 5000)}") for label in DECOYS[language][2:4]]
    is_number_first = chance.random() < 0.5
    deck.tiles("Results", *(tuple(reversed(pair)) if is_number_first else pair for pair in pairs),
               grouped=chance.random() < 0.5)
    return list(truth)


def _chart(deck, language, truth, chance) -> list[str]:
    names = [name for name in truth if name not in AMOUNTS]
    if not names:
        return []
    deck.chart("Results", [WORDS[language][name] for name in names], {"Count": [truth[name] for name in names]})
    deck.chart("Two halves", [WORDS[language][name] for name in names],
               {"West": [_figure(name, chance) for name in names], "East": [_figure(name, chance) for name in names]})
    return names
