"""`reader tag` and `reader tags`: the tags of an article, and all tags that are in use."""

from collections.abc import Sequence

import click

from reader.amounts import amount
from reader.cli.cards import chips, shortened
from reader.cli.group import DefaultGroup, Session
from reader.cli.output import say, tell, to_json
from reader.errors import NothingFound
from reader.folding import fold
from reader.notebook import Retagging, clean_tags

_dry_run = click.option("--dry-run", is_flag=True, help="Only tell what would change.")


@click.command
@click.argument("article")
@click.argument("tags", nargs=-1)
@click.option("--remove", "removed", metavar="TAG", multiple=True, help="Take a tag away.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.pass_obj
def tag(
    session: Session, article: str, tags: tuple[str, ...], *, removed: tuple[str, ...], as_json: bool
) -> None:
    """Tag an article as a whole. Prints the tags that it has then, one a line."""
    workspace = session.workspace
    found = workspace.find(article)
    if tags or removed:
        kept = set(workspace.notebook.about(found.id).tags) - set(clean_tags(removed))
        workspace.notebook.tag(found.id, (*kept, *tags))
    now = workspace.notebook.about(found.id).tags
    say_each = [to_json(({"tag": one} for one in now), "tags")] if as_json else now
    for line in say_each:
        say(line)
    if not now:
        tell(f"no tags: {found.title}")


@click.group(cls=DefaultGroup, default="list")
def tags() -> None:
    """List the tags that hold all WORDS, or rename, merge and delete tags: `reader tags [WORDS]…`.

    A tag goes with those nested in it: war with war/air-defence.
    """


@tags.command("list")
@click.argument("words", nargs=-1)
@click.option("--sort", type=click.Choice(["count", "name"]), default="count", help="Order.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.pass_obj
def list_tags(session: Session, words: tuple[str, ...], *, sort: str, as_json: bool) -> None:
    """List the tags with the number of passages and articles that bear each."""
    counts = session.workspace.notebook.tags()
    wanted = fold(" ".join(words)).replace("#", "").split()
    found = [(one, count) for one, count in counts.items() if all(word in fold(one) for word in wanted)]
    if sort == "name":
        found.sort(key=lambda one: fold(one[0]))
    if as_json:
        say(to_json(({"tag": one, "count": count} for one, count in found), "tags"))
    else:
        for one, count in found:
            say(f"{count:5}\t{one}")
    if not found:
        raise NothingFound("no tag is like that" if counts else "no tags yet")


@tags.command
@click.argument("old")
@click.argument("new")
@_dry_run
@click.pass_obj
def rename(session: Session, old: str, new: str, *, dry_run: bool) -> None:
    """Rename a tag everywhere; to a name in use, the two become one."""
    _retag(session, (old,), new, dry_run=dry_run)


@tags.command
@click.argument("several", metavar="TAG…", nargs=-1, required=True)
@click.argument("into")
@_dry_run
@click.pass_obj
def merge(session: Session, several: tuple[str, ...], into: str, *, dry_run: bool) -> None:
    """Make several tags one: INTO, the last that is named."""
    _retag(session, several, into, dry_run=dry_run)


@tags.command
@click.argument("several", metavar="TAG…", nargs=-1, required=True)
@_dry_run
@click.pass_obj
def delete(session: Session, several: tuple[str, ...], *, dry_run: bool) -> None:
    """Take tags away everywhere. What bears them stays."""
    _retag(session, several, "", dry_run=dry_run)


def _retag(session: Session, several: Sequence[str], new: str, *, dry_run: bool) -> None:
    """Change tags, or tell what would change; what is printed is the same."""
    notebook = session.workspace.notebook
    olds = tuple(_one_tag(old) for old in several)
    into = _one_tag(new) if new else ""
    plans = notebook.plan_tags(olds, into)
    if not plans:
        if into in olds:
            raise NothingFound(f"nothing else is called {chips([into])}: nothing to change")
        raise NothingFound(f"nothing bears {chips(olds)}; `reader tags` shows what there is")
    if into and into not in olds and into in notebook.tags():
        tell(f"{chips([into])} is in use: they become one")
    for plan in plans:
        say(f"{chips(plan.before)} → {chips(plan.after) or '(none)'}\t{_where(plan)}")
    done = f"{chips(olds)} renamed to {chips([into])}" if into else f"{chips(olds)} taken away"
    if not dry_run:
        notebook.retag(plans, done)
    passages = sum(plan.placed is not None for plan in plans)
    reach = f"{amount(passages, 'passage')}, {amount(len(plans) - passages, 'article')}"
    tell(f"{done}: {reach}{'; nothing was changed yet' if dry_run else ''}")


def _one_tag(word: str) -> str:
    cleaned = clean_tags([word])
    if not cleaned:
        raise click.UsageError(f"“{word}” is no tag")
    return cleaned[0]


def _where(plan: Retagging) -> str:
    quote = shortened(plan.placed.annotation.target.exact) if plan.placed else "the article"
    return f"{quote}\t{plan.title}"
