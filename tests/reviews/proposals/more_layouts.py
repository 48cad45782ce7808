"""Further layouts: contradictions, other periods, targets, sub-points, merged heads, sections beside each other."""

from pptx.enum.chart import XL_CHART_TYPE

from tests.making.campaign_deck import CampaignDeck
from tests.reviews.proposals.layouts import layout


@layout(title="Disagreement", quarter="2026-Q3", leads={214, 198}, mqls=96)
def slides_that_contradict_each_other():
    deck = CampaignDeck("Disagreement", "Q3 2026")
    deck.table("Results", ("Metric", "Actual"), ("Leads", "214"), ("MQLs", "96"))
    deck.bullets("In short", "Leads: 198", "MQLs: 96")
    return deck


@layout(title="Precise twice", quarter="2026-Q3", currency="USD", pipeline=1204300, leads=1240)
def rounded_and_precise():
    deck = CampaignDeck("Precise twice", "Q3 2026")
    deck.boxes("Highlights of the quarter", "$1.2M\nPipeline", "~1,200\nLeads")
    deck.table("Details", ("Metric", "Result"), ("Pipeline", "$1,204,300"), ("Leads", "1,240"))
    return deck


@layout(title="Three periods", quarter="2026-Q3", currency="EUR", cost=40000, leads=214, mqls=96)
def periods_side_by_side():
    deck = CampaignDeck("Three periods", "Q3 2026")
    deck.table("Development", ("", "Q3 2025", "Q2 2026", "Q3 2026", "YoY"), ("Cost (€)", "30,000", "35,000", "40,000",
                                                                             "33 %"),
               ("Leads", "150", "180", "214", "43 %"), ("MQLs", "60", "80", "96", "60 %"))
    return deck


@layout(title="Targets first", quarter="2026-Q3", currency="EUR", budget=60000, expected_responses=700, leads=301,
        responses=688, cost=58000)
def targets_on_their_own_slide():
    deck = CampaignDeck("Targets first", "Q3 2026")
    deck.bullets("Our targets", "Responses: 700", "Leads: 250", "Pipeline: €500,000", "Budget: €60,000")
    deck.bullets("What we reached", "Responses: 688", "Leads: 301", "Cost: €58,000")
    return deck


@layout(title="Deeper points", quarter="2026-Q3", currency="EUR", leads=301, budget=50000, cost=47500)
def points_below_points():
    deck = CampaignDeck("Deeper points", "Q3 2026")
    deck.bullets("Results", "Leads", ">Target: 250", ">Actual: 301", "Cost", ">Plan: €50,000", ">Actual: €47,500",
                 "Webinar", ">MQLs: 40", ">SQLs: 12", "Fair", ">MQLs: 56")
    return deck


@layout(title="Schweizer Tage", quarter="2026-Q3", currency="CHF", channels=["Messe", "E-Mail"], budget=25000,
        cost=24100, leads=126,
        expected_responses=300, responses=322)
def two_rows_of_heads():
    deck = CampaignDeck("Schweizer Tage", "Quartalsbericht Q3 2026")
    deck.table("Plan und Ist", ("", "Kosten (CHF)", "", "Antworten", "", "Leads", ""),
               ("", "Plan", "Ist", "Plan", "Ist", "Plan", "Ist"),
               ("Messe", "20'000", "19'800", "200", "222", "80", "86"), ("E-Mail", "5'000", "4'300", "100", "100",
                                                                         "40", "40"),
               ("Gesamt", "25'000", "24'100", "300", "322", "120", "126"),
               merged=(((0, 1), (0, 2)), ((0, 3), (0, 4)), ((0, 5), (0, 6))))
    return deck


@layout(title="Columns of a chart", quarter="2026-Q3", leads=301, mqls=88, expected_responses=2100, responses=2388)
def chart_of_plan_and_actual():
    deck = CampaignDeck("Columns of a chart", "Q3 2026")
    deck.chart("Plan and actual", ["Responses", "Leads", "MQLs"], {"Plan": [2100, 280, 90], "Actual": [2388, 301, 88]},
               XL_CHART_TYPE.COLUMN_CLUSTERED)
    deck.chart("By region", ["Leads", "MQLs"], {"DACH": [200, 60], "Benelux": [101, 28]})
    return deck


@layout(title="Beside each other", quarter="2026-Q3",
        what_worked="- The trailer: nine workshops, seven opportunities\n- One page per plant",
        what_did_not="The box with the chocolate cup: 30 % answered, nobody bought",
        next_steps=["Two workshops a month – Marcus – Q4", "Name three accounts – Rick – 15 November"])
def sections_beside_each_other():
    deck = CampaignDeck("Beside each other", "Q3 2026")
    deck.comparison("Learnings", ("What worked", ("The trailer: nine workshops, seven opportunities",
                                                  "One page per plant")),
                    ("What didn't work", ("The box with the chocolate cup: 30 % answered, nobody bought",)))
    deck.table("Next steps", ("Action", "Who", "Until"), ("Two workshops a month", "Marcus", "Q4"),
               ("Name three accounts", "Rick", "15 November"))
    return deck


@layout(title="Thousands stated once", quarter="2026-Q3", currency="EUR", cost=41200, pipeline=486000, leads=214)
def scale_on_the_slide():
    deck = CampaignDeck("Thousands stated once", "Q3 2026")
    slide = deck.table("Results", ("Metric", "Actual"), ("Cost", "41.2"), ("Pipeline", "486"), ("Leads", "214"))
    deck.box(slide, "All amounts in k€", 1, 6)
    return deck


@layout(title="Scale unknown", quarter="2026-Q3", leads=214)
def scale_left_out():
    deck = CampaignDeck("Scale unknown", "Q3 2026")
    deck.table("Results", ("Metric", "Actual"), ("Cost", "41.2"), ("Pipeline", "486"), ("Leads", "214"))
    deck.table("Once more (k€)", ("Metric", "Actual"), ("Margin", "€ 12,700"))
    return deck


@layout(title="Fiscal", leads=20)
def fiscal_quarters():
    deck = CampaignDeck("Fiscal", "FY26 Q3 review")
    deck.bullets("Results", "Leads: 20")
    return deck


@layout(title="Hidden past", quarter="2026-Q3", leads=77)
def hidden_slide_of_old_figures():
    deck = CampaignDeck("Hidden past", "Q3 2026")
    deck.bullets("Results", "Leads: 77")
    deck.hide(deck.bullets("Results", "Leads: 70"))
    return deck


@layout(title="Regions", quarter="2026-Q3", currency="EUR", cost=90000, leads=400)
def columns_of_regions_and_a_total():
    deck = CampaignDeck("Regions", "Q3 2026")
    deck.table("Results", ("Metric", "DACH", "Benelux", "UK", "Total"), ("Cost (€)", "40,000", "20,000", "30,000",
                                                                         "90,000"),
               ("Leads", "200", "90", "110", "400"), ("MQLs", "90", "40", "–", ""))
    deck.boxes("Each region", "DACH\nLeads: 200\nMQLs: 90", "Benelux\nLeads: 90\nMQLs: 40")
    return deck


@layout(title="Year so far", quarter="2026-Q3", leads=214, mqls=96)
def quarters_and_their_sum():
    deck = CampaignDeck("Year so far", "Q3 2026")
    deck.table("Development", ("", "Q1 2026", "Q2 2026", "Q3 2026", "Total"), ("Leads", "100", "150", "214", "464"),
               ("MQLs", "40", "60", "96", "196"))
    return deck


@layout(title="Two teams", quarter="2026-Q3")
def a_slide_for_each_team():
    deck = CampaignDeck("Two teams", "Q3 2026")
    deck.bullets("Team Blue", "Leads: 120", "MQLs: 60", "SQLs: 20")
    deck.bullets("Team Red", "Leads: 94", "MQLs: 36")
    deck.boxes("Both", "Blue\nLeads: 120\nMQLs: 60\nOpportunities: 9", "Red\nLeads: 94\nMQLs: 36")
    return deck


@layout(title="Sub-headings", quarter="2026-Q3")
def parts_below_sub_headings_in_a_table():
    deck = CampaignDeck("Sub-headings", "Q3 2026")
    deck.table("Results", ("Metric", "Actual"), ("Product A", ""), ("Leads", "120"), ("SQLs", "20"), ("Product B", ""),
               ("Leads", "94"), ("Opportunities", "7"))
    return deck


@layout(title="Smaller things", quarter="2026-Q3")
def tables_of_something_smaller():
    deck = CampaignDeck("Smaller things", "Q3 2026")
    deck.table("The biggest deal", ("Account", "Pipeline (€)"), ("Acme", "300,000"))
    deck.table("Subject lines", ("", "A", "B"), ("Sent", "5,000", "5,000"), ("Responses", "90", "120"))
    deck.table("Pipeline by stage", ("Stage", "Count", "Value (€)"), ("Qualified", "12", "300,000"),
               ("Total", "17", "486,000"))
    deck.table("Actual and plan", ("KPI", "Actual / Plan"), ("Leads", "214 / 200"), ("MQLs", "96 / 90"))
    deck.chart("Growing", ["Jul", "Aug", "Sep"], {"Pipeline (€m)": [0.1, 0.3, 0.486]}, XL_CHART_TYPE.LINE)
    return deck


@layout(title="Many columns", quarter="2026-Q3", currency="EUR", cost=39800, leads=214, pipeline=486000)
def a_column_of_units_and_one_of_remarks():
    deck = CampaignDeck("Many columns", "Q3 2026")
    deck.table("Key figures", ("KPI", "Unit", "Q3 2026", "Comment"), ("Leads", "#", "214", "up from 180 last year"),
               ("Cost", "k€", "39.8", "5 % below budget"), ("Pipeline", "Mio. €", "0.486", ""))
    return deck
