"""Rules at the desk: what each does over the whole archive, drafts tried before they are used, every step undoable."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from indexer import BadOutletKey, BadRuleFile, Job, OutletRules, OwnFileEdit, RuleFile
from web.access import acting_user
from web.context import here
from web.desk.jobs import moment, start
from web.desk.own_files import EditView, try_draft, view_edit
from web.notices import done, tell
from web.numbers import sent_number
from web.words import KIND_WORDS, count

pages = Blueprint("rules", __name__, url_prefix="/desk/rules")

LONGEST_TEXT = 400_000
LONGEST_REASON = 2_000
MOST_EXAMPLES = 50


@dataclass(frozen=True, slots=True)
class FileView:
    """One file of rules in the list."""

    key: str
    name: str
    whose: str
    rules: int
    set_aside: int | None
    reports: int | None


@dataclass(frozen=True, slots=True)
class RuleView:
    """One rule: what it makes of a block, and what it did over the whole archive, with examples."""

    id: str
    kind: str
    why: str
    sees: str
    set_aside: int | None
    kept: int
    reports: int
    samples: tuple[tuple[str, str, str, str], ...]


@pages.get("")
def index() -> str:
    """Show every file of rules, with what its rules did when that was last counted."""
    counted = _counted()
    return render_template(
        "desk/rules.html",
        files=[_view_file(one, counted) for one in here().catalogue.rule_desk.files()],
        counted=_say_counted(counted),
        waiting=next((job for job in here().catalogue.jobs.all("count rules") if not job.over), None),
    )


@pages.post("/count")
def count_all() -> ResponseReturnValue:
    """Count anew what every rule does over the whole archive."""
    return start("count rules")


@pages.get("/<key>")
def show(key: str) -> str:
    """Show one file: each rule with what it did, and samples of it in context."""
    desk = here().catalogue.rule_desk
    rules, counted = desk.outlet(key), _counted()
    file = next(one for one in desk.files() if one.key == key)
    return render_template(
        "desk/rule_file.html",
        file=file,
        rules=[*_view_rules(rules, counted)],
        others=[*_view_others(rules, counted)],
        counted=_say_counted(counted),
        text=desk.text(key),
        edits=[_view_edit(one) for one in desk.edits(key)],
    )


@pages.get("/<key>/edit")
def edit(key: str) -> ResponseReturnValue:
    """Show a file of rules to be changed, or a draft of one."""
    return _show_draft(key, _draft_text(key))


@pages.post("/<key>/try")
def try_out(key: str) -> ResponseReturnValue:
    """Check a draft, and see over the whole archive what it would change; nothing is used yet."""
    desk = here().catalogue.rule_desk
    text = request.form.get("text", "").replace("\r\n", "\n")[:LONGEST_TEXT]
    try:
        desk.check(key, text)
    except (BadRuleFile, BadOutletKey) as wrong:
        return _show_draft(key, text, problem=str(wrong)), 400
    outlet = None if key == "generic" else key
    return try_draft("outlets", f"{key}.toml", text, {"draft": True, "key": key, "outlet": outlet})


@pages.post("/use/<int:number>")
def use(number: int) -> ResponseReturnValue:
    """Put a draft that was tried in place, and give the reports it changes new versions as one batch."""
    job = here().catalogue.jobs.read(number)
    key, text = str(job.asked.get("key", "")), _text_of(job)
    reason = request.form.get("reason", "").strip()[:LONGEST_REASON]
    if job.kind != "compare" or text is None:
        return done(url_for("rules.index"), "There is no draft to use any more: write it again.")
    try:
        event = here().catalogue.rule_desk.put(key, text, by=acting_user().name, reason=reason)
    except BadRuleFile as wrong:
        return _show_draft(key, text, problem=str(wrong)), 400
    if event is not None:
        tell("The rules are in use.", undo=url_for("rules.undo", key=key), event=event.number)
    found: Any = here().catalogue.jobs.result(number)
    if not found or not found["ids"]:
        return redirect(url_for("rules.show", key=key), 303)
    return start("apply", compared=number)


@pages.post("/apply/<int:number>")
def apply(number: int) -> ResponseReturnValue:
    """Give the reports that a comparison found new versions by the rules of today, as one batch."""
    return start("apply", compared=number)


@pages.post("/again")
def describe_all() -> ResponseReturnValue:
    """Show what the rules and authorities of today would change in all reports, before it is written."""
    return start("compare")


@pages.post("/again/<int:number>")
def describe_again(number: int) -> ResponseReturnValue:
    """Show what the rules of today would change in the reports of one import, before it is written."""
    here().catalogue.batch(number)
    return start("compare", batch=number)


@pages.post("/<key>/undo")
def undo(key: str) -> ResponseReturnValue:
    """Take a change of a file back, and show what that changes in the reports, before it is written."""
    desk = here().catalogue.rule_desk
    desk.undo(sent_number("event"), by=acting_user().name)
    tell("The file is as it was. Below is what the reports would be by it; write that, or leave them.")
    known = any(one.key == key for one in desk.files())
    return start("compare", key=key, outlet=None if key == "generic" or not known else key)


@pages.post("/<key>/remove")
def remove(key: str) -> ResponseReturnValue:
    """Take the library's own file away: the one shipped, if there is one, is in use again."""
    desk = here().catalogue.rule_desk
    reason = request.form.get("reason", "").strip()[:LONGEST_REASON]
    event = desk.put(key, None, by=acting_user().name, reason=reason)
    if event is None:
        return done(url_for("rules.show", key=key), "There is no file of your own to take away.")
    tell("The file is taken away.", undo=url_for("rules.undo", key=key), event=event.number)
    return start("compare", key=key)


@pages.post("/propose")
def propose() -> ResponseReturnValue:
    """Propose rules for an outlet from the originals of some reports."""
    key = request.form.get("key", "").strip()
    named = request.form.get("reports", "").replace(",", " ").split()
    examples = [one.rstrip("/").rsplit("/", 1)[-1][:100] for one in named][:MOST_EXAMPLES]
    known = [stored.id for stored in here().catalogue.reports(examples)]
    if not known:
        return done(url_for("rules.index"), "No report was named: write the ids of some reports of the outlet.")
    try:
        here().catalogue.rule_desk.check_key(key)
    except BadOutletKey as wrong:
        return done(url_for("rules.index"), str(wrong))
    return start("propose", key=key, reports=known)


def _show_draft(key: str, text: str, problem: str = "") -> str:
    return render_template("desk/rule_edit.html", key=key, text=text, problem=problem)


def _draft_text(key: str) -> str:
    number = sent_number("draft")
    if number:
        job = here().catalogue.jobs.read(number)
        result: Any = here().catalogue.jobs.result(number)
        drafted = result["text"] if job.kind == "propose" and result else _text_of(job)
        if drafted is not None and job.asked.get("key") == key:
            return str(drafted)
    return here().catalogue.rule_desk.text(key)


def _text_of(job: Job) -> str | None:
    try:
        file = here().catalogue.jobs.files(job.number) / "outlets" / f"{job.asked['key']}.toml"
        return file.read_text(encoding="utf-8")
    except (OSError, KeyError):
        return None


def _counted() -> Any:  # noqa: ANN401 - JSON
    """Return what the rules did when that was last counted; None when it never was."""
    for job in here().catalogue.jobs.all("count rules"):
        if job.state == "done" and (result := here().catalogue.jobs.result(job.number)):
            return {**result, "when": job.created}
    return None


def _say_counted(counted: Any) -> str:  # noqa: ANN401 - JSON
    if counted is None:
        return ""
    return f"Counted over {count(counted['reports'], 'report')}, {moment(counted['when'])}."


def _view_file(file: RuleFile, counted: Any) -> FileView:  # noqa: ANN401 - JSON
    whose = "your own" if file.own else "shipped"
    whose += ", in place of the one shipped" if file.own and file.shipped else ""
    if counted is None:
        return FileView(file.key, file.name, whose, file.rules, None, None)
    found = [hits for rule, hits in counted["rules"].items() if rule.startswith(f"{file.key}/")]
    most = max((hits["reports"] for hits in found), default=0)
    return FileView(file.key, file.name, whose, file.rules, sum(hits["set_aside"] for hits in found), most)


def _view_rules(rules: OutletRules, counted: Any) -> Iterator[RuleView]:  # noqa: ANN401 - JSON
    for rule in rules.rules:
        hits = counted["rules"].get(rules.rule_id(rule.id)) if counted else None
        sees = rule.pattern.pattern if rule.pattern else rule.selector or ""
        yield _view_rule(rule.id, rule.kind, rule.why, sees, hits, known=counted is not None)


def _view_others(rules: OutletRules, counted: Any) -> Iterator[RuleView]:  # noqa: ANN401 - JSON
    """Yield what was decided in the name of this file by no rule written in it: by the program itself."""
    known = {rules.rule_id(rule.id) for rule in rules.rules}
    for name, hits in counted["rules"].items() if counted else ():
        if name.startswith(f"{rules.key}/") and name not in known:
            kind = max(hits["kinds"], key=hits["kinds"].get)
            yield _view_rule(name.partition("/")[2], kind, "", "", hits, known=True)


def _view_rule(name: str, kind: str, why: str, sees: str, hits: Any, *, known: bool) -> RuleView:  # noqa: ANN401
    said = KIND_WORDS.get(kind, kind)
    if hits is None:
        return RuleView(name, said, why, sees, 0 if known else None, 0, 0, ())
    samples = tuple((one[0], one[1], one[2], one[3]) for one in hits["samples"])
    return RuleView(name, said, why, sees, hits["set_aside"], hits["kept"], hits["reports"], samples)


def _view_edit(edit: OwnFileEdit) -> EditView:
    what = "made it" if edit.before is None else "took it away" if edit.after is None else "changed it"
    said = f"{edit.by} {what}, {moment(edit.when)}"
    return view_edit(edit, said)
