"""The loop report, and the loop beside the review of a campaign."""

from flask import Response, render_template, request
from flask_login import current_user

from app.entries.beside import beside_thread
from app.entries.models import Entry
from app.handoffs import report
from app.handoffs.loop import GROUPINGS, Loop, grouped, total
from app.handoffs.routes import handoffs


@beside_thread("handoffs/_loop.html")
def beside_review(root: Entry) -> list[Loop]:
    """What became of what this campaign brought, as far as the reader may see it."""
    if root.kind != "review" or root.is_deleted:
        return []
    loop = total(report.given(current_user, report.Asked({}, root.id)))
    return [loop] if loop.given else []


@handoffs.get("/handoffs/report")
def loop_report():
    asked = report.read(request.args)
    given = report.given(current_user, asked)
    groups = grouped(given, asked.by)
    if request.args.get("format") == "csv":
        headers = {"Content-Disposition": 'attachment; filename="hand-offs.csv"'}
        return Response(report.sheet(groups), content_type="text/csv; charset=utf-8", headers=headers)
    return render_template("handoffs/report.html", asked=asked, groups=groups, total=total(given),
                           choices=report.choices(current_user), groupings=GROUPINGS, most=report.MOST,
                           is_cut=len(given) == report.MOST)
