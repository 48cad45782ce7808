"""Tasks: the board and the list of a space, writing one down, its page, moving it, and what is mine."""

from flask import Blueprint, abort, redirect, render_template, request
from flask_babel import gettext as _
from flask_login import current_user

from app.access import can, fetch, membership
from app.activity.delivery import commit
from app.entries.beside import beside_thread
from app.entries.cards import cards
from app.entries.models import Entry
from app.entries.routes import thread_context
from app.extensions import db
from app.feed.pages import follows
from app.people.days import today_for
from app.spaces.models import Space
from app.spaces.naming import written
from app.tasks import actions, board, mine
from app.tasks.forms import QuickForm, TaskForm
from app.tasks.models import STATES, Milestone, Task
from app.tasks.suggesting import suggested
from app.web import done, is_fragment, whole_number

tasks = Blueprint("tasks", __name__)
VIEWS = ("board", "list")
GROUPINGS = ("milestone", "owner")


@beside_thread("tasks/_about.html")
def about(root: Entry) -> list[Task]:
    return board.about(root, current_user)


@tasks.get("/spaces/<slug>/tasks")
def index(slug: str):
    space = fetch(Space, verb="see", slug=slug)
    if not can(current_user, "read", space):
        return redirect(space.url)
    shown = _shown(space)
    if is_fragment():
        return render_template("tasks/_tasks.html", **shown)
    return render_template("tasks/index.html", form=_quick(space), owners=board.owners(space), **shown,
                           membership=membership(current_user, space), follows=follows(space))


def _shown(space: Space) -> dict:
    """The tasks that the address asks for, and how."""
    arguments = request.args
    wanted = board.Wanted(arguments.get("owner", ""), whole_number(arguments, "milestone"), bool(arguments.get("late")))
    view, by = arguments.get("view", VIEWS[0]), arguments.get("by", GROUPINGS[0])
    view, by = view if view in VIEWS else VIEWS[0], by if by in GROUPINGS else GROUPINGS[0]
    there = (board.columns(space, wanted, current_user) if view == "board"
             else board.groups(space, wanted, current_user, by))
    return {"space": space, "view": view, "by": by, "wanted": wanted, "there": there, "marks": board.marks(space.id)}


def _quick(space: Space) -> QuickForm:
    form = QuickForm()
    form.space = space
    return form


@tasks.post("/spaces/<slug>/tasks")
def add(slug: str):
    """One line: what, and perhaps who and until when."""
    space = fetch(Space, verb="post", slug=slug)
    form = _quick(space)
    if not form.validate():
        page = "tasks/_quick.html" if is_fragment() else "tasks/quick.html"
        return render_template(page, form=form, space=space), 422
    task = actions.add_task(space, form.said.text, actor=current_user, owner=form.owner, due_on=form.said.due_on)
    commit()
    if is_fragment():
        return render_template("tasks/_quick.html", form=QuickForm(formdata=None), space=space, added=task), 201
    return done(_("The task is on the board."), f"/spaces/{space.slug}/tasks#task-{task.id}")


@tasks.route("/spaces/<slug>/tasks/new", methods=["GET", "POST"])
def new(slug: str):
    space = fetch(Space, verb="post", slug=slug)
    form = _with_milestones(TaskForm(**_begun(space)), space)
    origin = fetch(Entry, form.about_id.data) if form.about_id.data else None
    if form.validate_on_submit():
        task = actions.add_task(space, form.title.data, actor=current_user, body=form.body.data, about=origin,
                                **_said(form))
        commit()
        return done(_("The task is on the board."), task.url)
    page = render_template("tasks/form.html", form=form, space=space, about=origin, task=None)
    return (page, 422) if form.errors else page


def _begun(space: Space) -> dict:
    """What the form begins with: what the entry says that it is made of; who is named there if they can see it."""
    key = whole_number(request.args, "about")
    if not key:
        return {"milestone_id": whole_number(request.args, "milestone") or 0}
    line = suggested(fetch(Entry, key), today_for(current_user))
    return {"about_id": key, "title": line.text, "owner": f"@{line.handle}" if line.handle else "",
            "due_on": line.due_on}


def _with_milestones(form: TaskForm, space: Space) -> TaskForm:
    form.space = space
    form.milestone_id.choices = [(0, _("none")), *((each.milestone.id, each.milestone.name)
                                                   for each in board.marks(space.id))]
    return form


def _said(form: TaskForm) -> dict:
    milestone = db.session.get(Milestone, form.milestone_id.data) if form.milestone_id.data else None
    return {"owner": form.doer, "due_on": form.due_on.data, "milestone": milestone}


@tasks.get("/tasks/<int:key>")
def show(key: int):
    fetch(Task, key)
    [entry] = cards([key])
    return render_template("tasks/show.html", entry=entry, **thread_context(entry))


@tasks.route("/tasks/<int:key>/edit", methods=["GET", "POST"])
def change(key: int):
    task = fetch(Task, key, "do")
    form = TaskForm(title=task.title, body=task.body, due_on=task.due_on, milestone_id=task.milestone_id or 0,
                    owner=written([task.owner]) if task.owner else "")
    _with_milestones(form, task.space)
    if form.validate_on_submit():
        actions.change_task(task, actor=current_user, title=form.title.data, body=form.body.data, **_said(form))
        commit()
        return done(_("Saved."), task.url)
    page = render_template("tasks/form.html", form=form, space=task.space, about=None, task=task)
    return (page, 422) if form.errors else page


@tasks.get("/tasks/<int:key>/moves")
def moves(key: int):
    """Where its card can go: the inside of a menu, or a page without JavaScript."""
    task = fetch(Task, key, "do")
    return render_template("tasks/_moves.html" if is_fragment() else "tasks/moves.html", task=task)


@tasks.post("/tasks/<int:key>/state")
def move(key: int):
    task = fetch(Task, key, "do")
    state, above = request.form.get("state"), whole_number(request.form, "before")
    if state not in STATES:
        abort(400)
    actions.move(task, state, actor=current_user, before=fetch(Task, above, "do") if above else None)
    commit()
    if is_fragment():
        return render_template("tasks/_row.html", task=task)
    return redirect(request.form.get("next") if request.form.get("next") == "/tasks" else
                    f"/spaces/{task.space.slug}/tasks#task-{task.id}", code=303)


@tasks.post("/tasks/<int:key>/owner")
def take(key: int):
    """It is mine now."""
    task = fetch(Task, key, "do")
    actions.change_task(task, actor=current_user, owner=current_user._get_current_object())
    commit()
    return render_template("tasks/_row.html", task=task) if is_fragment() else redirect(task.url, code=303)


@tasks.get("/tasks")
def of_mine():
    """What I have to do, by day, and what I gave away."""
    today = today_for(current_user)
    return render_template("tasks/mine.html", parts=mine.by_day(mine.mine(current_user), today),
                           given=mine.given(current_user))
