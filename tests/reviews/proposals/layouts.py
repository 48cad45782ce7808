"""Campaign decks in many layouts, each with the truth about what it says.

`LAYOUTS` maps a name to a function that builds the deck. `TRUTH` holds for each what a careful reader would enter into
a review; a set holds alternatives, where the deck contradicts itself. What is not in it must not be proposed.
"""

from datetime import date

from pptx.enum.chart import XL_CHART_TYPE

from tests.making.campaign_deck import CampaignDeck

LAYOUTS, TRUTH = {}, {}


def layout(**truth):
    """Register the decorated function, which returns a deck, with what the deck says."""
    def register(build):
        name = build.__name__
        LAYOUTS[name], TRUTH[name] = build, truth
        return build
    return register


@layout(title="Leak Clinic", quarter="2026-Q3", region="DACH", currency="EUR", budget=42000, cost=39800,
        expected_responses=600, responses=742, leads=214, mqls=96, sqls=41, opportunities=17, pipeline=486000,
        won=118000)
def table_with_header_row():
    deck = CampaignDeck("Campaign review Q3 2026: Leak Clinic", "Lena Fischer · DACH", "14 October 2026")
    deck.table("Results against plan", ("KPI", "Plan", "Actual", "Δ %"), ("Cost", "€42,000", "€39,800", "-5 %"),
               ("Responses", "600", "742", "+24 %"), ("Leads", "200", "214", "+7 %"), ("MQLs", "90", "96", "+7 %"),
               ("SQLs", "45", "41", "-9 %"), ("Opportunities", "20", "17", "-15 %"),
               ("Pipeline", "€500,000", "€486,000", "-3 %"), ("Won", "€150,000", "€118,000", "-21 %"),
               ("Cost per lead", "€210", "€186", "-11 %"), ("Landing page visits", "12,000", "14,210", "+18 %"))
    return deck


@layout(title="Spring Fair", quarter="2026-Q2", currency="USD", cost=71200, leads=57, mqls=38, sqls=22,
        opportunities=9, pipeline=1240000)
def transposed_table():
    deck = CampaignDeck("Spring Fair", "Q2 2026 campaign review")
    deck.table("What came of it", ("Campaign", "Spend (USD)", "Leads", "MQLs", "MQL rate", "SQLs", "Opportunities",
                                   "Pipeline ($k)"),
               ("Spring Fair", "71,200", "57", "38", "67 %", "22", "9", "1,240"))
    return deck


@layout(title="Wash-down Nurture", quarter="2026-Q3", currency="EUR", budget=18000, cost=16400,
        expected_responses=420, responses=511, leads=143, opportunities=8, pipeline=164000, won=31000, margin=12700,
        new_customers=2)
def plan_and_actual_in_german():
    deck = CampaignDeck("Wash-down Nurture", "Kampagnenrückblick 3. Quartal 2026")
    deck.table("Soll-Ist-Vergleich", ("Kennzahl", "Soll", "Ist", "Abweichung", "Vorjahr"),
               ("Kosten (T€)", "18,0", "16,4", "-1,6", "15,2"), ("Rücklauf", "420", "511", "91", "388"),
               ("Leads", "120", "143", "23", "99"), ("Verkaufschancen", "10", "8", "-2", "6"),
               ("Pipeline (T€)", "200", "164", "-36", "120"), ("Umsatz gewonnen (T€)", "40", "31", "-9", "28"),
               ("Deckungsbeitrag (T€)", "15,0", "12,7", "-2,3", "11,0"), ("Neukunden", "3", "2", "-1", "2"),
               ("Rücklaufquote", "4,5 %", "5,3 %", "0,8 %", "4,1 %"))
    return deck


@layout(title="Found When Searching", quarter="2026-Q1", currency="EUR", channels=["Search ads", "Display", "E-mail"],
        budget=54000, cost=53100, responses=2388, leads=301)
def channels_with_totals_row():
    deck = CampaignDeck("Found When Searching", "Review Q1 2026")
    deck.table("By channel", ("Channel", "Budget (k€)", "Cost (k€)", "Responses", "Leads", "CPL (€)"),
               ("Search ads", "40", "41.3", "1,900", "240", "172"), ("Display", "10", "8.2", "288", "31", "265"),
               ("E-mail", "4", "3.6", "200", "30", "120"), ("Total", "54", "53.1", "2,388", "301", "176"))
    deck.chart("Cost per lead by channel", ["Search ads", "Display", "E-mail"], {"Cost per lead (€)": [172, 265, 120]})
    return deck


@layout(title="Body Shop Briefs", quarter="2026-Q1", channels=["E-mail", "Webinar"])
def channels_without_total():
    deck = CampaignDeck("Body Shop Briefs", "Q1 2026")
    deck.table("By channel", ("Channel", "Cost (USD)", "Leads", "MQLs"), ("E-mail", "12,000", "85", "20"),
               ("Webinar", "16,400", "46", "27"))
    deck.bullets("Webinar", "Leads: 46", "MQLs: 27")
    deck.bullets("E-mail", "Leads: 85", "MQLs: 20")
    return deck


@layout(title="Gulf Distributor Kit", quarter="2026-Q2", currency="EUR", pipeline=1200000, leads=63, mqls=29,
        cost=22700,
        new_customers=3)
def tiles_in_one_box():
    deck = CampaignDeck("Gulf Distributor Kit", "2026 Q2 review")
    deck.boxes("At a glance", "€1.2M\nPipeline", "63\nLeads", "29\nMQLs\n+12 % vs plan", "New customers\n3",
               "Cost\n€22.7k",
               "46 %\nMQL rate", "12\nCountries")
    return deck


@layout(title="Partner Days", quarter="2026-Q3", currency="GBP", pipeline=410000, leads=34, sqls=17, opportunities=10,
        won=96000, cost=37800)
def tiles_of_two_boxes():
    deck = CampaignDeck("Partner Days", "Q3 2026 campaign review")
    deck.tiles("The quarter in numbers", ("£410k", "Pipeline"), ("34", "Leads"), ("17", "SQLs"), ("52", "Visitors"),
               ("10", "Opportunities"), ("£96k", "Closed won"), ("£37,800", "Total spend"), ("35 %", "Win rate"))
    return deck


@layout(title="Cold Chain", quarter="2026-Q4", currency="USD", cost=9800, leads=8, mqls=3, responses=19)
def tiles_in_groups():
    deck = CampaignDeck("Cold Chain", "Quarterly review Q4/2026")
    deck.tiles("Results", ("Responses", "19"), ("Leads", "8"), ("MQLs", "3"), ("Actual cost", "$9,800"),
               ("Lead target", "40"), ("Days in field", "12"), grouped=True)
    return deck


@layout(title="Battery East", quarter="2026-Q3", region="China", segment="Battery cells",
        channels=["trade fair", "WeChat", "partner event"], starts_on=date(2026, 7, 1), ends_on=date(2026, 9, 30),
        currency="CNY", budget=560000, cost=548000, sent=12400, expected_responses=900, responses=1312, leads=486,
        mqls=131, sqls=52,
        opportunities=21, won=880000, new_customers=3)
def bullets_with_labels():
    deck = CampaignDeck("Battery East", "Campaign review", "Jul-Sep 2026")
    deck.bullets("Campaign facts", "Region: China", "Segment: Battery cells",
                 "Channels: trade fair, WeChat, partner event", "Period: 1 July 2026 – 30 September 2026",
                 "Owner: Chen Yue, team of 4")
    deck.bullets("Results", "Cost: CNY 548,000 (budget: CNY 560,000)", "E-mails sent: 12,400",
                 "Responses: 1,312 (plan: 900)",
                 "Leads: 486", "MQLs: 131 vs 150 planned", "52 SQLs", "Opportunities – 21 (+4)", "Won: CNY 880,000",
                 "New customers: 3", "Pipeline: 6 – 7 Mio. CNY", "Videos sent within 48 hours: 84 of 88")
    return deck


@layout(title="Appliance Twelve", quarter="2026-Q3", currency="USD", leads=57, mqls=38, pipeline=1240000, cost=71200)
def sentences():
    deck = CampaignDeck("Appliance Twelve", "Campaign review, third quarter of 2026")
    deck.bullets("The quarter in four sentences",
                 "In 13 weeks we generated 57 leads, of which 38 became MQLs.",
                 "Together they created a pipeline of USD 1,240,000.",
                 "The campaign cost USD 71,200.",
                 "Shauna's 9 workshops brought 14 leads more than the last 3 fairs in Chicago.",
                 "Without Rick we would have won 2 opportunities.")
    return deck


@layout(title="Search ads", quarter="2026-Q2", responses=2388, leads=301, mqls=88, sqls=24, opportunities=10,
        new_customers=6)
def native_funnel_chart():
    deck = CampaignDeck("Search ads", "Q2 2026")
    deck.chart("Sales took 24 of 88 qualified leads: 27 %",
               ["Responses", "Leads", "MQLs", "SQLs", "Opportunities", "Customers"], {"Count": [2388, 301, 88, 24, 10,
                                                                                                6]})
    deck.chart("Share of each step", ["Leads", "MQLs"], {"Share": [0.126, 0.037]}, form="0.0%")
    return deck


@layout(title="Trial kits", quarter="2026-Q2", leads=98)
def line_chart_over_weeks():
    deck = CampaignDeck("Trial kits", "Q2 2026")
    deck.chart("When the leads came", [f"Week {week}" for week in range(1, 7)],
               {"Leads": [4, 12, 30, 28, 16, 8], "MQLs": [1, 3, 9, 8, 4, 2]}, XL_CHART_TYPE.LINE)
    deck.bullets("Summary", "Leads in total: 98", "Best week: 30 leads")
    return deck


@layout(title="Dichtheitswochen", quarter="2026-Q3", region="Deutschland", currency="EUR", budget=1300000, cost=1200000,
        leads=1240, mqls=310, opportunities=45, pipeline=3400000, won=850000, new_customers=12)
def bullets_in_german():
    deck = CampaignDeck("Dichtheitswochen", "Kampagnenbericht Q3 2026 | Deutschland")
    deck.bullets("Ergebnisse", "Budget: 1,3 Mio. €", "Ist-Kosten: 1.200.000 €", "Leads: 1.240", "MQL: 310",
                 "Öffnungsrate: 34,5 %", "Verkaufschancen: 45", "Pipeline: 3,4 Mio. €", "Umsatz gewonnen: 850 T€",
                 "Neukunden: 12", "SQL: ca. 90–110")
    deck.bullets("Ziele für das nächste Quartal", "Leads: 1.500", "MQL: 400", "SQL: 150")
    return deck


@layout(title="电池东部展会", quarter="2026-Q3", region="华东", channels=["展会", "微信"], currency="CNY",
        budget=560000,
        cost=548000, leads=1312, mqls=131, opportunities=21, pipeline=6900000, won=880000, margin=246000,
        new_customers=3,
        what_worked="- 样件承诺：48小时内寄出\n- 闭门技术交流会", what_did_not="355条线索是学生名片",
        next_steps=["陈悦：只扫描有问题的访客", "周敏：苏州第二个抓取单元"])
def chinese():
    deck = CampaignDeck("电池东部展会", "活动回顾 2026年第三季度", "地区：华东")
    deck.table("关键指标（万元）", ("指标", "目标", "实际"), ("花费", "56", "54.8"), ("商机金额", "800", "690"),
               ("赢单金额", "100", "88"), ("毛利", "30", "24.6"))
    deck.bullets("线索与商机", "线索：1312条", "MQL：131", "商机：21个", "新客户：3家", "转化率：34.5%",
                 "渠道：展会、微信")
    deck.bullets("亮点", "样件承诺：48小时内寄出", "闭门技术交流会")
    deck.bullets("不足", "355条线索是学生名片")
    deck.bullets("下一步", "陈悦：只扫描有问题的访客", "周敏：苏州第二个抓取单元")
    return deck


@layout(title="Two markets", quarter="2026-Q3", currency="EUR", budget=50000, cost=48000, margin=9000, leads=90)
def mixed_currencies():
    deck = CampaignDeck("Two markets", "Q3 2026")
    deck.table("Results", ("Metric", "Plan", "Actual"), ("Cost", "EUR 50,000", "EUR 48,000"),
               ("Pipeline", "$ 400,000", "$ 380,000"), ("Margin", "", "EUR 9,000"), ("Leads", "", "90"))
    return deck


@layout(title="Quiet campaign", quarter="2026-Q3", currency="CHF", cost=1200, leads=31)
def only_in_notes():
    deck = CampaignDeck("Quiet campaign", "Q3 2026")
    slide = deck.bullets("How it went", "Well, all in all", "Thanks to everybody")
    deck.note(slide, "Say this slowly.\nLeads: 31\nCost: CHF 1'200\nLast year we had 55 leads.")
    return deck


@layout(title="Factory of the future", quarter="2026-Q3")
def numbers_that_are_no_figures():
    deck = CampaignDeck("Factory of the future", "Review Q3 2026", "Hall 7, stand B31, 12 March 2026, 14:30")
    deck.bullets("Agenda", "1 Leads", "2 Pipeline", "3 Cost")
    deck.bullets("The setting", "Team of 6, 3 phases, 24/7", "ISO 9001 since 1998", "Call +49 7121 123456", "Room 214",
                 "SQL Server 2019 keeps 40 GB", "Version 2.1.4 of the lead form", "Top 10 leads get a call")
    deck.table("Industry benchmark", ("Metric", "Value"), ("Leads", "400"), ("Cost", "€90,000"))
    deck.table("Forecast Q4 2026", ("Metric", "Value"), ("Leads", "500"), ("Pipeline", "€700,000"))
    deck.table("Results Q2 2026", ("Metric", "Value"), ("Leads", "350"), ("Pipeline", "€300,000"))
    deck.bullets("Definitions", "MQL: score above 40", "SQL: 2 meetings")
    deck.bullets("Cost drivers", "Media cost: €12,000", "Labor cost: €5,724", "Cost per lead: €413",
                 "Lead time: 6 days",
                 "Leads per week: 12", "Lead response within 24 hours: 80 %", "CTR 2.3 %", "Leads: +12 %",
                 "SQLs: 10–15")
    deck.table("Leads by month", ("Month", "Leads"), ("July", "50"), ("August", "60"), ("September", "70"))
    deck.boxes("Our promise", "48\nhours", "2026\nLeads", "01\nPipeline", "#3\nMQLs")
    return deck
