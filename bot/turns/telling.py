"""News of a request, put on top of the resident's dialogue: their living message carries it like any page.

So it is drawn again after a crash, its buttons work, and it rings, because it comes as a new message.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from bot.screens.drawing import Drawing
from bot.turns.turn import redraw
from conversations.handover.news import tell, told
from conversations.handover.request import News
from conversations.scene import Scene
from conversations.step import begin
from storage.holds import Kind
from storage.outbox import NEWS
from storage.records import Record
from storage.transaction import Transaction


def news(kept: Transaction, records: Mapping[int, Record], scene: Scene) -> Iterator[Drawing]:
    """Every news that is due, as a drawing whose record is to be kept. `records` come before those kept."""
    latest = dict(records)
    due = kept.outbox.news(scene.now)
    mine = kept.take(Kind.TURNS, {notice.chat_id for notice in due})
    for notice in due:
        if notice.chat_id not in mine or not kept.outbox.sent(notice.id):
            continue  # another worker tells it, or did
        request = kept.requests.get(notice.reference)
        if request is None:
            continue
        card = request.case.request
        record = latest.get(notice.chat_id) or kept.dialogues.of([notice.chat_id]).get(notice.chat_id)
        if record is None:  # their dialogue was erased for its age: the request is not
            record = Record(notice.chat_id, begin(card.card.language), scene.now)
        page = told(News(notice.kind.removeprefix(NEWS)), card)
        record = replace(
            record,
            dialogue=tell(record.dialogue, page),
            heard=max(record.heard, record.living or 0),
            revision=record.revision + 1,
        )
        latest[notice.chat_id] = record
        standing = card if card.closed_at is None else None
        yield redraw(record, replace(scene, request=standing, office=kept.desk.office(scene)))
