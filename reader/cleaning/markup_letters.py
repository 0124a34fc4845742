"""What of a letter is not the letter: what the machine that sent it put above and below.

Letters are laid out in tables, whose rows the markup score, learned on pages, tells apart badly. But a letter
has no menus in its midst: all of it stays but its rows of links, and its foot, by which one leaves the list.
"""

import re
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from itertools import takewhile

from reader.cleaning.markup_traits import Cell
from reader.markup import LETTER
from reader.model import BlockKind

LINKED = 0.5  # share of the letters of a row of links that are links
ROW = 10  # words of a row of links at most
HEAD = 8  # blocks that may stand above a letter
LINE = 25  # words of a line there at most
FOOT = 0.5  # share of the blocks that stand above a foot at least
SURE = 0.5  # log-odds of being the article, from which a row of links is one of the letter's own

_LEAVING = re.compile(
    r"unsubscribe|opt[ -]?out|(?:update|manage|change) (?:your )?(?:e-?mail )?(?:preferences|settings)"
    r"|abmelden|abbestellen|austragen|désabonner|désinscri|desinscri|darse de baja"
    r"|cancelar (?:la )?suscrip|disiscri|annulla l.iscrizione|uitschrijven|afmelden"
    r"|avregistrer|avsluta prenumeration|avmeld|afmeld"
    r"|wypisz|zrezygnuj|odhlásit|leiratkoz|dezabon|отпис|відпис|διαγραφή|إلغاء الاشتراك|הסר"
    r"|退订|取消订阅|退訂|配信停止|登録解除|구독 ?취소|수신 ?거부",
    re.IGNORECASE,
)
"""What the link is called by which one leaves a list."""
_MACHINE = re.compile(
    r"©|\(c\)|copyright|all rights reserved|our mailing address|view .{,16}(?:in|on) .{,8}browser"
    r"|you(?:['’]re| are)? (?:get|got|receiv)|(?:this .{,12})?(?:was )?sent to"
    r"|(?:erhalten|bekommen) (?:sie )?diese|vous recevez|recibes? este|ricevi questa|вы получили|otrzymujesz",
    re.IGNORECASE,
)
"""How lines begin that stand above that link, and are no more part of the letter."""

_ELSEWHERE = re.compile(
    r"\b(?:view|read|see|open|show|display)\b.{,40}\b(?:browser|online\W*$|on the web\b)"
    r"|\b(?:view|web|online) (?:page|version)\b|(?:browser|web)[- ]?(?:ansicht|version)\b"
    r"|\b(?:browser|online)\b.{,16}(?:ansehen|anschauen|anzeigen|lesen|öffnen|betrachten)"
    r"|(?:voir|lire|consult|affich|visualis|ouvr).{,40}(?:en ligne|navigateur)|version en ligne"
    r"|\b(?:ver|vea|leer|abrir|visualizar|ler|veja|abra)\b.{,40}(?:navegador|en línea|online\W*$)"
    r"|\b(?:visualizza|leggi|apri|vedi|guarda)\b.{,40}(?:browser|online\W*$|versione web)"
    r"|\b(?:bekijk|lees|open|se|vis|läs|les|åpne|öppna|åbn)\b.{,40}(?:browser|webbläsare|nettleser|webversie)"
    r"|(?:zobacz|wyświetl|otwórz|czytaj|zobraz|otevř).{,40}(?:przeglądar|prohlížeč|online\W*$)|böngésző|tarayıcı"
    r"|(?:откр|посмотр|просмотр|прочита|чита|переглян|відкр).{,40}(?:браузер|онлайн\W*$|веб-верси)"
    r"|(?:δείτε|προβολή|διαβάστε|ανοίξτε).{,40}(?:περιηγητή|περιήγησης|browser|online\W*$)"
    r"|(?:浏览器|瀏覽器).{,4}(?:查看|打开|打開|阅读|閱讀|浏览)|在[线線](?:阅读|閱讀)"
    r"|ブラウザー?で|브라우저에서|웹에서 보기",
    re.IGNORECASE,
)
"""How a line reads that leads to the same letter on the web."""


def is_letter(cells: Sequence[Cell]) -> bool:
    """Tell whether a page came as a letter."""
    return any(LETTER in cell.markup.around for cell in cells)


def around_letter(cells: Sequence[Cell], scores: Sequence[float], sure: AbstractSet[int]) -> frozenset[int]:
    """Find the blocks that are none of a letter's own.

    Args:
        cells: All blocks, without the headline.
        scores: How likely each is part of an article of a page.
        sure: Blocks that are.
    """
    foot, above = _foot(cells, sure), _above(cells)
    rows = {cell.at for cell, score in zip(cells, scores, strict=True) if score < SURE and _is_row(cell)}
    return frozenset(rows | above | {cell.at for cell in cells if foot is not None and cell.at >= foot})


def _above(cells: Sequence[Cell]) -> frozenset[int]:
    """Find above the letter the lines that lead to it elsewhere, with whatever is asked before."""
    short = takewhile(lambda cell: cell.size <= LINE, cells[:HEAD])
    return frozenset(
        cell.at
        for cell in short
        if (cell.markup.link_density or cell.size <= ROW) and _ELSEWHERE.search(cell.text)
    )


def _is_row(cell: Cell) -> bool:
    """Tell whether a block is a row of links: to the same letter elsewhere, to those who share it."""
    is_item = cell.kind in {BlockKind.LIST_ITEM, BlockKind.HEADING}
    return cell.markup.link_density >= LINKED and cell.size <= ROW and not is_item


def _foot(cells: Sequence[Cell], sure: AbstractSet[int]) -> int | None:
    """Find the block a foot begins with: the first in the box of the link by which one leaves.

    The box is the widest that holds nothing of the upper half, or that is surely the letter; lines above it
    go with it if they read so.
    """
    half = int(FOOT * len(cells))
    upper, lower = cells[:half], cells[half:]
    leaving = next((cell for cell in lower if cell.markup.link_density and _LEAVING.search(cell.text)), None)
    if leaving is None:
        return None
    ours = {box for cell in (*upper, *(c for c in lower if c.at in sure)) for box in cell.markup.boxes}
    boxes = [box for box in leaving.markup.boxes if box not in ours]
    first = leaving.at
    for cell in reversed(lower):
        if cell.at < first and (
            (boxes and boxes[-1] in cell.markup.boxes) or _is_row(cell) or _MACHINE.match(cell.text)
        ):
            first = cell.at
        elif cell.at < first:
            break
    return first
