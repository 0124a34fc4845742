"""`reader rules`: what the reader taught the cleaning."""

from typing import TYPE_CHECKING

import click

from reader.cli.group import PlainGroup, Session
from reader.cli.output import say, tell, to_json

if TYPE_CHECKING:
    from reader.cleaning.phrases import Rule

REASON = "a rule of yours"


@click.group("rules", cls=PlainGroup, invoke_without_command=True)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.pass_context
def rules(ctx: click.Context, *, as_json: bool) -> None:
    """List your own rules of what is hidden, or kept; they stand in the workspace's rules.toml."""
    if ctx.invoked_subcommand:
        return
    session: Session = ctx.obj
    own = session.workspace.teaching.own()
    if as_json:
        say(to_json((_as_json(rule) for rule in own), "rules"))
    elif not own:
        tell("no rules of your own yet: `reader rules add WORDS`")
    else:
        for rule in own:
            say(_line(rule))


@rules.command("add")
@click.argument("phrase")
@click.option(
    "--in", "sources", multiple=True, help="Only in this folder, file, host or publisher; may be given again."
)
@click.option("--whole", is_flag=True, help="Only blocks that are these words and no others.")
@click.option("--keep", is_flag=True, help="Bring such blocks back, whatever other rules say.")
@click.option(
    "--max-words",
    type=click.IntRange(1, 400),
    help="Words of the longest block that it holds for; 40 if nothing is said.",
)
@click.option("--reason", default=REASON, help="What is shown for a hidden block.")
@click.option("--dry-run", is_flag=True, help="Say what it would do, and change nothing.")
@click.pass_obj
def add_rule(
    session: Session,
    phrase: str,
    *,
    sources: tuple[str, ...],
    whole: bool,
    keep: bool,
    max_words: int | None,
    reason: str,
    dry_run: bool,
) -> None:
    """Hide every block that holds PHRASE; "…" in it stands for up to six words. Undo with `reader undo`."""
    teaching = session.workspace.teaching
    rule = teaching.make(phrase, whole=whole, keep=keep, sources=sources, reason=reason, max_words=max_words)
    preview = teaching.preview(rule)
    for summary, count in preview.blocks_by_article:
        say(f"{count:4}  {summary.title}")
    if not dry_run:
        teaching.add(rule)
        tell(f"added {rule.id}: {preview.done}")
    else:
        tell(str(preview))


@rules.command("delete")
@click.argument("identity", metavar="ID")
@click.pass_obj
def delete_rule(session: Session, identity: str) -> None:
    """Take the rule ID out of your file. Undo with `reader undo`."""
    session.workspace.teaching.delete(identity)
    tell(f"deleted {identity}")


def _line(rule: "Rule") -> str:
    what = "; ".join(rule.words) or rule.pattern
    places = f", in {', '.join(rule.sources)}" if rule.sources else ""
    return f"{rule.id}  {rule.action}: “{what}”{places}"


def _as_json(rule: "Rule") -> dict[str, object]:
    return {
        "id": rule.id,
        "action": str(rule.action),
        "words": list(rule.words),
        "pattern": rule.pattern,
        "where": str(rule.where),
        "max_words": rule.max_words,
        "sources": list(rule.sources),
        "reason": rule.reason,
    }
