"""The words that decks use, in English, German and Chinese: the one place to teach new ones.

All are compared in lower case with hyphens, slashes and underscores as spaces (see `labels.simplified`), and a label
must consist of such words entirely: "media cost" is no `cost`, since it is only a part of it.
"""

LABELS = {
    "budget": (
        "budget", "approved budget", "campaign budget", "marketing budget", "planned spend", "planned cost",
        "kampagnenbudget", "plankosten", "plan kosten", "budget plan", "预算", "预算金额", "活动预算", "预算费用",
    ),
    "cost": (
        "cost", "costs", "kostete", "spend", "spent", "spending", "expenditure", "campaign cost", "campaign costs",
        "campaign spend", "budget spent", "budget used", "money spent", "cost of campaign", "cost of project",
        "kosten", "istkosten", "ausgaben", "kampagnenkosten", "gesamtkosten", "verbrauchtes budget",
        "成本", "花费", "费用", "支出", "总成本", "总花费", "总费用", "活动费用", "活动成本", "花费金额", "费用支出",
    ),
    "expected_responses": (
        "expected responses", "responses expected", "planned responses", "target responses", "erwartete antworten",
        "erwartete rückmeldungen", "erwarteter rücklauf", "预期响应", "预期回复", "预计响应", "预计回复",
    ),
    "sent": (
        "sent", "mails sent", "e mails sent", "emails sent", "invitations sent", "letters sent", "mailings sent",
        "versendet", "versandt", "verschickt", "versendete e mails", "versendete mails", "versandte e mails",
        "versandte mails", "ausgesendet", "aussendungen", "发送", "发送量", "发送数", "已发送", "邮件发送量",
    ),
    "responses": (
        "response", "responses", "replies", "antworten", "rückmeldungen", "rücklauf", "rückläufe", "reaktionen",
        "响应", "响应数", "回复", "回复数", "回应", "回应数", "反馈数",
    ),
    "leads": (
        "lead", "leads", "new leads", "leads generated", "generated leads", "leads created", "leads gewonnen",
        "generierte leads", "gewonnene leads", "neue leads", "anzahl leads", "线索", "线索数", "线索量", "销售线索",
        "新线索", "新增线索", "获得线索", "潜在客户", "潜在客户数", "leads数",
    ),
    "mqls": (
        "mql", "mqls", "marketing qualified leads", "marketing qualified lead", "marketing qualified leads mql",
        "marketing qualified leads mqls", "mql marketing qualified leads", "mqls marketing qualified leads",
        "marketing qualifizierte leads", "市场合格线索", "营销合格线索", "市场认可线索", "mql数", "mql数量",
    ),
    "sqls": (
        "sql", "sqls", "sales qualified leads", "sales qualified lead", "sales qualified leads sql",
        "sales qualified leads sqls", "sql sales qualified leads", "sqls sales qualified leads",
        "vertriebsqualifizierte leads", "sales qualifizierte leads", "销售合格线索", "销售认可线索", "sql数", "sql数量",
    ),
    "opportunities": (
        "opportunities", "opportunity", "opps", "opps created", "new opportunities", "sales opportunities",
        "opportunities created", "opportunities opened", "verkaufschancen", "verkaufschance", "opportunitäten",
        "vertriebschancen", "商机", "商机数", "商机数量", "新商机", "新增商机", "销售机会",
    ),
    "pipeline": (
        "pipeline", "sales pipeline", "pipeline value", "pipeline amount", "pipeline volume", "pipeline created",
        "pipeline generated", "new pipeline", "pipelinewert", "pipeline wert", "pipelinevolumen", "pipeline volumen",
        "vertriebspipeline", "erzeugte pipeline", "商机金额", "管道金额", "销售管道", "销售管道金额", "pipeline金额",
    ),
    "won": (
        "won", "closed won", "won revenue", "revenue won", "won amount", "won value", "value won", "amount won",
        "closed won revenue", "won business", "won deals value", "umsatz gewonnen", "gewonnener umsatz", "gewonnen",
        "gewonnenes volumen", "gewonnener auftragswert", "赢单金额", "赢单额", "成交金额", "成交额", "赢单",
        "签约金额", "中标金额",
    ),
    "margin": (
        "margin", "attributed margin", "contribution margin", "gross margin", "margin attributed", "deckungsbeitrag",
        "zugeordneter deckungsbeitrag", "marge", "zugerechnete marge", "毛利", "毛利额", "归因毛利", "边际贡献",
        "贡献毛利",
    ),
    "new_customers": (
        "new customers", "new customer", "new clients", "new logos", "customers won", "new customers won",
        "new accounts won", "neukunden", "neue kunden", "gewonnene kunden", "gewonnene neukunden", "新客户",
        "新客户数", "新增客户", "新增客户数", "新客户数量",
    ),
}

FUNNEL_LABELS = {"new_customers": ("customers", "clients", "kunden", "客户", "客户数", "成交客户")}
"""Labels that are clear only beside the other steps of a funnel."""

ASPECTS = {
    "actual": (
        "actual", "actuals", "actually", "achieved", "realised", "realized", "to date", "ist", "istwert", "ist wert",
        "erreicht", "tatsächlich", "tatsächliche", "实际", "实际值", "实绩", "已完成", "完成", "完成值", "实际完成",
    ),
    "plan": (
        "plan", "planned", "target", "targets", "goal", "goals", "soll", "sollwert", "ziel", "ziele", "zielwert",
        "geplant", "planwert", "expected", "erwartet", "objective", "目标", "目标值", "计划", "计划值", "预期", "预计",
    ),
    "other": (
        "last year", "prior year", "previous year", "previous", "previous quarter", "prior quarter", "last quarter",
        "prior", "ly", "py", "pq", "vorjahr", "vorquartal", "vj", "vq", "vorperiode", "去年", "上年", "上季度", "上期",
        "同期",
        "去年同期", "同比", "环比", "delta", "variance", "difference", "diff", "diff.", "abweichung", "differenz", "δ",
        "Δ",
        "差异", "差额", "偏差", "vs plan", "vs. plan", "vs target", "vs. target", "of plan", "of target", "to plan",
        "change", "veränderung", "growth", "yoy", "qoq", "zielerreichung", "erreichung", "达成率", "完成率", "变化",
        "增长", "forecast", "fc", "outlook", "prognose", "hochrechnung", "ausblick", "预测", "展望", "下季度",
        "next quarter", "nächstes quartal", "ytd", "year to date", "average", "avg", "avg.", "mean", "median", "ø",
        "durchschnitt", "durchschnittlich", "平均", "benchmark", "industry", "rate", "quote", "ratio", "share",
        "anteil", "率", "占比", "比例", "conversion", "per lead", "pro lead", "per", "pro", "je", "每", "remaining",
        "open", "offen", "lost", "verloren", "剩余", "wöchentlich", "weekly", "monthly", "daily", "monatlich",
        "annual", "yearly", "每周", "每月", "cumulative", "cumulated", "kumuliert", "累计", "max", "min", "lifetime",
    ),
}

NEUTRAL = (
    "", "metric", "metrics", "kpi", "kpis", "key figure", "key figures", "figure", "figures", "measure", "value",
    "values", "result", "results", "number", "numbers", "amount", "count", "counts", "quantity", "campaign result",
    "campaign results", "key results", "performance", "overview", "summary", "at a glance", "funnel", "in numbers",
    "series 1", "series1", "datenreihe 1", "kennzahl", "kennzahlen", "wert", "werte", "ergebnis", "ergebnisse",
    "anzahl", "betrag", "zahlen", "menge", "auf einen blick", "trichter", "指标", "数值", "数据", "结果", "数量",
    "金额",
    "关键指标", "关键数据", "系列 1", "系列1", "漏斗", "item", "position", "unit", "einheit", "单位", "成果", "业绩",
)

TOTALS = (
    "total", "totals", "sum", "all", "overall", "grand total", "all channels", "total campaign", "campaign total",
    "sum total",
    "gesamt", "summe", "insgesamt", "alle", "alle kanäle", "gesamtsumme", "合计", "总计", "总和", "总数", "全部",
    "总体", "共计",
)

FILLERS = ("number of", "no. of", "no of", "# of", "#", "anzahl der", "anzahl", "total number of", "in total", "the",
           "our", "数量", "个数", "总", "number", "count", "共", "共获得", "得到")

HEADINGS = {
    "what_worked": (
        "what worked", "what worked well", "what went well", "what has worked", "worked well", "went well", "successes",
        "was gut lief", "was gut funktioniert hat", "was hat funktioniert", "was funktioniert hat", "was funktionierte",
        "was lief gut", "das lief gut", "was gut war", "erfolge", "哪些有效", "有效做法", "有效的做法", "做得好的",
        "做得好的地方",
        "成功经验", "成功之处", "亮点", "什么有效", "奏效的做法",
    ),
    "what_did_not": (
        "what did not", "what didn't", "what did not work", "what didn't work", "what went wrong",
        "what did not go well",
        "what didn't go well", "did not work", "didn't work", "what failed", "what did not work so well",
        "was nicht funktioniert hat", "was hat nicht funktioniert", "was nicht funktionierte", "was nicht gut lief",
        "was lief nicht gut", "was schlecht lief", "was lief schlecht", "das lief nicht gut", "was nicht lief",
        "哪些无效", "无效做法", "不足", "不足之处", "存在的问题", "待改进", "需改进之处", "做得不好的", "失败教训",
        "什么无效",
    ),
    "next_steps": (
        "next steps", "next step", "our next steps", "next actions", "action items", "actions and next steps",
        "nächste schritte", "die nächsten schritte", "unsere nächsten schritte", "wie es weitergeht", "下一步",
        "下一步计划",
        "下一步行动", "后续步骤", "后续行动", "后续计划", "行动计划",
    ),
}

CLOSING = ("questions", "q&a", "thank you", "thanks", "fragen", "danke", "learnings", "appendix", "anhang", "附录",
           "谢谢",
           "问题", "discussion", "diskussion", "讨论", "results", "ergebnisse", "结果", "notes", "source", "sources",
           "quelle")
"""Headings that end a section."""

CHANNEL_HEADS = ("channel", "channels", "kanal", "kanäle", "marketing channel", "medium", "渠道", "渠道名称",
                 "推广渠道")

FACTS = {
    "title": ("campaign", "campaign name", "kampagne", "kampagnenname", "活动", "活动名称"),
    "programme": ("programme", "program", "programm", "programme name", "项目", "项目名称", "营销项目"),
    "region": ("region", "regions", "market", "territory", "markt", "vertriebsgebiet", "区域", "地区", "市场区域"),
    "segment": ("segment", "target segment", "customer segment", "target group", "sector", "zielgruppe", "zielsegment",
                "kundensegment", "branche", "客户群", "目标客户", "细分市场", "行业"),
    "channels": (*CHANNEL_HEADS, "channel mix", "channels used", "eingesetzte kanäle"),
    "currency": ("currency", "währung", "货币", "币种"),
    "quarter": ("quarter", "reporting quarter", "quartal", "berichtsquartal", "季度"),
    "starts_on": ("start", "start date", "starts", "started", "begin", "beginning", "beginning date", "from",
                  "launch date",
                  "beginn", "startdatum", "kampagnenstart", "开始", "开始日期", "开始时间", "启动日期"),
    "ends_on": ("end", "end date", "ending date", "ends", "ended", "until", "ende", "enddatum", "kampagnenende", "结束",
                "结束日期",
                "结束时间", "截止日期"),
    "period": ("period", "campaign period", "duration", "runtime", "flight", "flight dates", "dates", "campaign dates",
               "zeitraum", "laufzeit", "kampagnenzeitraum", "kampagnenlaufzeit", "活动时间", "活动周期", "时间",
               "周期"),
}
"""Labels of facts that are no figures; "period" gives both dates."""
