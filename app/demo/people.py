"""Who works at Tessmar. Handle, name, team, title, region, expertise, what they work on, language, time zone."""

from app.demo.stage import Stage
from app.entries.reference_models import Tag
from app.extensions import db
from app.people import actions
from app.people.models import Person
from app.people.sessions import hash_password
from app.spaces.actions import open_space

DOMAIN = "tessmar.example"
PASSWORD = "quarterdeck-demo"
MARKER = f"pieter.devries@{DOMAIN}"
COMMONS = "What everybody should know, and what nobody asked but somebody had to say."
BERLIN, DETROIT, SHANGHAI = "Europe/Berlin", "America/Detroit", "Asia/Shanghai"

CAST = (
    ("pieter", "Pieter de Vries", "Marketing", "Marketing Operations Manager", "EMEA",
     "Campaign data, lead routing, e-mail permission", "Runs the review cycle and this network. Ask me before you "
     "export anything.", "en", BERLIN),
    ("ingrid", "Ingrid Solberg", "Leadership", "Chief Marketing Officer", "Global", "Positioning, portfolio, budget",
     "I read every review. I answer most of them.", "en", BERLIN),
    ("lena", "Lena Fischer", "Marketing", "Head of Campaigns EMEA", "EMEA", "Webinars, nurture, automotive",
     "Owns Leak Clinic and the automotive programme in DACH.", "en", BERLIN),
    ("tobias", "Tobias Kern", "Marketing", "Trade Fairs and Events", "DACH", "Stands, partner days, demo cells",
     "RoboFab Stuttgart, partner days, everything that needs a forklift.", "de", BERLIN),
    ("amira", "Amira Haddad", "Marketing", "Regional Marketing, Gulf and Levant", "MEA", "Packaging, distributors",
     "Arabic and English content, distributor marketing.", "en", "Asia/Dubai"),
    ("sofia", "Sofia Lindqvist", "Marketing", "Content Lead", "EMEA", "Case studies, technical writing, video",
     "If a customer said it, I want the exact words.", "en", "Europe/Stockholm"),
    ("priya", "Priya Raman", "Marketing", "Search and Digital", "Global", "Search ads, landing pages, analytics",
     "Paid search in five languages, the website, attribution quarrels.", "en", BERLIN),
    ("dana", "Dana Whitfield", "Marketing", "Director Demand Generation", "North America",
     "Syndication, e-mail, pipeline maths", "North American programmes, from Grand Rapids.", "en", DETROIT),
    ("marcus", "Marcus Oyelaran", "Marketing", "ABM Manager", "North America", "Account-based marketing, appliances",
     "Twelve named accounts, no thirteenth.", "en", DETROIT),
    ("chenyue", "陈悦", "Marketing", "Marketing Manager China", "China", "WeChat, trade fairs, battery industry",
     "Suzhou. 电池与3C行业的市场活动。", "zh", SHANGHAI),
    ("henrik", "Henrik Dahl", "Sales", "Vice President Sales EMEA", "EMEA", "Forecast, frame contracts",
     "Forecast on Mondays. Please be honest on Mondays.", "en", "Europe/Stockholm"),
    ("jon", "Jon Becker", "Sales", "Key Account Manager Automotive", "DACH", "Body shop, press lines, tier 1",
     "Brennhage Automotive and the Stuttgart tier ones.", "en", BERLIN),
    ("carla", "Carla Mendes", "Sales", "Key Account Manager Food and Pharma", "Southern Europe",
     "Hygienic design, validation", "Molino Verde, Delphine Pharma.", "en", "Europe/Rome"),
    ("nadia", "Nadia Ferrari", "Sales", "Inside Sales EMEA", "EMEA", "First calls, qualification, distributors",
     "I call your leads. All of them. Within a day.", "en", "Europe/Rome"),
    ("shauna", "Shauna Boyle", "Sales", "Director of Sales", "North America", "Integrators, food, logistics",
     "Integrator channel and the North American number.", "en", DETROIT),
    ("rick", "Rick Tanaka", "Sales", "Key Account Manager Midwest", "North America", "Appliances, retrofit",
     "Lakeshore Appliance, and three plants you have not heard of.", "en", "America/Chicago"),
    ("wangjian", "王健", "Sales", "Sales Manager East China", "China", "Battery, 3C, government-linked buyers",
     "华新电池等重点客户。", "zh", SHANGHAI),
    ("zhoumin", "Zhou Min", "Sales", "Inside Sales and Applications", "China", "Trials, samples, after-sales",
     "Samples out in 48 hours, feedback back in a week.", "en", SHANGHAI),
    ("oliver", "Oliver Brandt", "Product", "Product Manager Grippers", "Global", "TG adaptive grippers, CleanGrip",
     "TG-40, CleanGrip, and the word no.", "de", BERLIN),
    ("meiling", "Xu Meiling", "Product", "Product Manager Sensors", "Global", "F6 force-torque sensor, calibration",
     "F6 and whatever measures next to it.", "en", SHANGHAI),
    ("greg", "Greg Hollis", "Product", "Applications Engineering Lead", "North America", "Vacuum sizing, cycle time",
     "Send me the part, not a photo of the part.", "en", DETROIT),
    ("katrin", "Katrin Vogel", "Product", "Applications Engineer Food", "DACH", "Hygiene, wash-down, validation",
     "CleanGrip trials. Has smelled every bakery in the Alps.", "de", BERLIN),
    ("martin", "Martin Graf", "Operations", "Commercial Controller", "Global", "Margin, cost to serve, currency",
     "Three currencies, one truth.", "en", BERLIN),
    ("bea", "Bea Castellano", "Studio Farrow", "Art Director", "EMEA", "Stand design, animation",
     "Agency side, for the RoboFab stand.", "en", "Europe/London"),
)
ROLES = {"pieter": "admin", "bea": "guest"}
ADDRESSES = {
    "chenyue": f"chen.yue@{DOMAIN}", "wangjian": f"wang.jian@{DOMAIN}", "meiling": f"xu.meiling@{DOMAIN}",
    "pieter": MARKER, "bea": "bea@studiofarrow.example",
}

FOLLOWED = {
    "lena": "dana sofia #leak-clinic #cleangrip lakeshore", "jon": "lena katrin brennhage #leak-clinic molino",
    "pieter": "ingrid martin #lead-routing", "ingrid": "lena dana chenyue #pricing", "dana": "lena greg #leak-clinic",
    "marcus": "rick dana", "henrik": "jon carla brennhage", "carla": "katrin #cleangrip", "rick": "marcus greg",
    "chenyue": "wangjian lena #roadshow", "wangjian": "chenyue huaxin", "martin": "ingrid #pricing",
    "oliver": "katrin meiling #cleangrip", "sofia": "lena carla", "tobias": "lena #robofab", "shauna": "dana greg",
    "greg": "oliver shauna", "amira": "lena nadia alnoor", "meiling": "oliver #f6", "nadia": "amira jon",
}


def email(handle: str, name: str) -> str:
    """First and last name at the company's address, unless somebody has another."""
    return ADDRESSES.get(handle) or f"{name.lower().replace(' ', '.')}@{DOMAIN}"


def hire(stage: Stage) -> None:
    """Bring everybody in: the admin first, who opens the Commons. All share one password, hashed once."""
    password_hash = hash_password(PASSWORD)
    for handle, name, team, title, region, expertise, about, locale, timezone in CAST:
        person = actions.add_person(
            email(handle, name), name, team=team, role=ROLES.get(handle, "member"), handle=handle, title=title,
            region=region, expertise=expertise, about=about, locale=locale, timezone=timezone,
        )
        actions.change_profile(person, password_hash=password_hash)
        stage.people[handle] = person
        if not stage.spaces:
            stage.spaces["commons"] = open_space("community", "Commons", actor=person, description=COMMONS)


def follow(stage: Stage) -> None:
    """Who follows whom, which tags and which spaces."""
    for handle, wanted in FOLLOWED.items():
        for name in wanted.split():
            _follow(stage, stage.people[handle], name)


def _follow(stage: Stage, actor: Person, name: str) -> None:
    if name.startswith("#"):
        tag = db.session.scalar(db.select(Tag).where(Tag.name == name[1:]))
        actions.follow(actor, tag=tag)
    elif name in stage.people:
        actions.follow(actor, person=stage.people[name])
    else:
        actions.follow(actor, space=stage.spaces[name])
