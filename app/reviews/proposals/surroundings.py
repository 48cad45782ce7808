"""Words around figures, in English, German and Chinese: what names a part, another time, a result, a place."""

SUPPRESSING = (
    "a b test", "ab test",
    "last year", "last quarter", "previous quarter", "previous year", "prior quarter", "prior year", "vorjahr",
    "vorquartal", "letztes jahr", "letztes quartal", "去年", "上季度", "上一季度", "forecast", "outlook",
    "next quarter",
    "next year", "ausblick", "prognose", "nächstes quartal", "nächstes jahr", "展望", "预测", "下季度", "下一季度",
    "明年",
    "benchmark", "benchmarks", "industry average", "competitor", "competitors", "competition", "wettbewerb",
    "wettbewerber", "branchenvergleich", "行业平均", "行业对比", "竞争对手", "竞品", "example", "beispiel", "例子",
    "示例",
    "scenario", "scenarios", "szenario", "szenarien", "agenda", "contents", "inhalt", "议程", "目录", "proposal",
    "budget request", "antrag", "申请", "market size", "marktvolumen", "市场规模", "definitions", "definition",
    "definitionen", "定义", "case study", "history",
)
"""Titles of slides whose figures are not those of this campaign in this quarter."""

PLANNING = ("plan", "planning", "planned", "target", "targets", "goal", "goals", "objectives", "ziel", "ziele",
            "planung",
            "soll", "目标", "计划", "规划")

REPORTING = ("actual", "actuals", "result", "results", "against", "vs", "vs.", "versus", "achieved", "ist", "ergebnis",
             "ergebnisse", "gegen", "review", "performance", "实际", "结果", "对比", "完成", "达成")

CHANNELS = (
    "webinar", "webinars", "live webinars", "e mail", "email", "e mails", "emails", "e mail marketing",
    "email marketing",
    "newsletter", "search ads", "paid search", "google ads", "sea", "ppc", "display", "display ads", "banner",
    "linkedin",
    "linkedin ads", "xing", "facebook", "instagram", "youtube", "twitter", "tiktok", "social", "social media",
    "paid social", "organic social", "trade fair", "trade fairs", "trade show", "trade shows", "fair", "event",
    "events",
    "direct mail", "mailing", "print", "print ads", "telemarketing", "phone", "calls", "seo", "organic search",
    "content syndication", "content", "partner event", "partner events", "partner", "partners", "account based", "abm",
    "on site workshop", "workshop", "workshops", "whatsapp", "podcast", "referral", "referrals", "website", "web",
    "radio", "tv", "affiliate", "roadshow", "messe", "messen", "suchanzeigen", "anzeigen", "telefon", "veranstaltung",
    "veranstaltungen", "soziale medien", "webseite", "微信", "wechat", "微博", "抖音", "展会", "邮件", "电子邮件",
    "直播",
    "搜索广告", "百度", "线上研讨会", "网络研讨会", "研讨会", "电话", "短信", "合作伙伴", "合作伙伴活动", "官网",
    "知乎",
)

REGIONS = (
    "dach", "emea", "apac", "amer", "americas", "latam", "nordics", "benelux", "cee", "mena", "mea", "anz", "asean",
    "europe",
    "eu", "asia", "africa", "north america", "south america", "latin america", "middle east", "southern europe",
    "northern europe", "western europe", "eastern europe", "central europe", "asia pacific", "uk", "uk & ireland",
    "uki",
    "usa", "us", "united states", "canada", "mexico", "brazil", "germany", "austria", "switzerland", "france", "italy",
    "spain", "portugal", "poland", "czech republic", "hungary", "netherlands", "belgium", "sweden", "norway", "denmark",
    "finland", "ireland", "united kingdom", "turkey", "china", "greater china", "japan", "korea", "india", "singapore",
    "australia", "global", "worldwide", "deutschland", "österreich", "schweiz", "frankreich", "italien", "spanien",
    "europa", "südeuropa", "nordeuropa", "osteuropa", "nordamerika", "südamerika", "asien", "weltweit", "polen",
    "中国", "华东", "华南", "华北", "华中", "西南", "大中华区", "亚太", "亚太区", "欧洲", "北美", "日本", "德国",
    "美国", "全球",
)

TIMES = (
    "week", "month", "day", "january", "february", "march", "april", "may", "june", "july", "august",
    "september",
    "october", "november", "december", "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov",
    "dec",
    "kw", "woche", "monat", "tag", "januar", "februar", "märz", "mai", "juni", "juli", "oktober", "dezember", "okt",
    "dez",
    "周", "月", "日", "q1", "q2", "q3", "q4", "h1", "h2",
)
"""Stretches of time that are shorter than a campaign's quarter, or another one."""

GENERIC_TITLES = (
    "campaign review", "quarterly review", "quarterly campaign review", "campaign report", "marketing review", "review",
    "report", "quarterly business review", "qbr", "business review", "campaign results", "results", "marketing report",
    "kampagnenreview", "kampagnenbericht", "kampagnenrückblick", "quartalsreview", "quartalsbericht", "rückblick",
    "bericht", "活动回顾", "季度回顾", "活动总结", "季度总结", "营销活动回顾", "市场活动回顾", "复盘", "活动复盘",
    "季度复盘",
)

INDUSTRIES = (
    "automotive", "food", "beverage", "packaging", "pharma", "pharmaceutical", "healthcare", "medical", "battery",
    "batteries", "electronics", "semiconductor", "semiconductors", "logistics", "retail", "banking", "insurance",
    "finance",
    "energy", "utilities", "chemicals", "chemical", "aerospace", "machinery", "manufacturing", "construction",
    "household",
    "appliances", "telecom", "public sector", "education", "integrators", "sme", "smb", "enterprise", "mid market",
    "sectors",
    "automobil", "automobilindustrie", "lebensmittel", "verpackung", "chemie", "maschinenbau", "mittelstand",
    "logistik",
    "energie", "handel", "banken", "汽车", "食品", "包装", "医药", "电池", "电子", "物流", "零售", "化工", "机械",
    "能源", "半导体",
)
"""Words that make a part of a cover's line the name of a customer segment."""

STEP_HEADS = ("action", "actions", "step", "steps", "task", "what", "who", "when", "owner", "due", "date", "by when",
              "maßnahme", "maßnahmen", "schritt", "was", "wer", "wann", "bis", "bis wann", "verantwortlich", "termin",
              "行动", "事项", "措施", "任务", "负责人", "时间", "期限", "截止")

RESULT_WORDS = (
    "generated", "produced", "brought", "brought in", "won", "delivered", "created", "resulted", "achieved", "total",
    "totalled", "received", "got", "cost", "spent", "gained", "sent", "yielded", "generierte", "generierten",
    "generiert",
    "erzeugt", "erzeugte", "gewonnen", "brachte", "brachten", "erzielt", "erzielten", "insgesamt", "kostete",
    "kosteten",
    "ausgegeben", "erreicht", "ergab", "ergaben", "versendet", "共", "获得", "带来", "产生", "总计", "新增", "花费",
    "达成",
    "实现", "创造", "budget", "预算",
)
"""A sentence tells a result only with one of these."""

DOUBTFUL_WORDS = (
    "more", "fewer", "less", "than", "last", "previous", "target", "goal", "plan", "planned", "expected", "per", "each",
    "every", "alone", "would", "will", "could", "should", "next", "if", "another", "additional", "not", "without",
    "except",
    "instead", "until", "forecast", "competitor", "half", "first", "second", "other", "others", "some", "these",
    "those",
    "mehr", "weniger", "als", "vorjahr", "vorquartal", "ziel", "geplant", "erwartet", "pro", "je", "jede", "jeder",
    "wird",
    "werden", "würde", "soll", "allein", "wenn", "nicht", "ohne", "weitere", "zusätzlich", "statt", "bis", "ersten",
    "比", "目标", "计划", "每", "预计", "将", "去年", "上季度", "如果", "仅", "另外", "额外", "不", "未", "还",
)
"""A sentence with one of these may speak of something else than the whole campaign's result."""

WHOLE_CAMPAIGN = (
    "quarter", "campaign", "programme", "program", "we", "total", "in total", "overall", "together", "quartal",
    "kampagne", "programm", "wir", "insgesamt", "zusammen", "本季度", "活动", "我们", "总", "共", "项目",
)
"""And only with one of these is it about the campaign, not about a customer or a fair."""
