"""The library over the wire: nothing is replaced unasked, nothing is lost, and a file goes out and comes in."""

from __future__ import annotations

import json

import pytest

from synthvr_server.patch.commands import Describe, RemoveModule
from synthvr_server.patch.files import LARGEST_FILE, patch_text
from synthvr_server.patch.model import Patch
from synthvr_server.protocol import client_messages as say
from synthvr_server.protocol.client_messages import MOST_PIECE, ClientMessage
from synthvr_server.protocol.library_answers import Backups, Exported, Library
from synthvr_server.protocol.server_messages import Ack, RejectedRequest
from tests.patch.examples import turn, two_amplifiers
from tests.server.fakes import Guest, Stage


class Asked:
    """Asks for something, and tells what was answered."""

    def __init__(self, stage: Stage, guest: Guest) -> None:
        self.stage, self._guest = stage, guest

    def for_(self, message: ClientMessage) -> object:
        self._guest.hear()
        self._guest.say(message)
        self.stage.reactor.finish_work()
        answers = [each for each in self._guest.hear() if getattr(each, "id", None) is not None]
        (answer,) = answers
        assert answer.id == message.id  # type: ignore[union-attr]
        return answer

    def code(self, message: ClientMessage) -> str:
        """The code of a rejection, or "done"."""
        answer = self.for_(message)
        return answer.code if isinstance(answer, RejectedRequest) else "done"

    def names(self) -> list[str]:
        listed = self.for_(say.ListPatches(id=90))
        assert isinstance(listed, Library)
        return [entry.name for entry in listed.patches]

    def versions(self) -> list[tuple[str, str]]:
        listed = self.for_(say.ListBackups(id=91))
        assert isinstance(listed, Backups)
        return [(entry.name, entry.title) for entry in listed.versions]


@pytest.fixture
def asked(stage: Stage, ada: Guest) -> Asked:
    return Asked(stage, ada)


def test_saving_over_a_patch_asks_first(asked: Asked, ada: Guest) -> None:
    assert asked.code(say.SavePatch(id=1, name="Song")) == "done"
    ada.edit(Describe(title="Changed"))
    assert asked.code(say.SavePatch(id=2, name="song")) == "exists"
    assert asked.stage.library.load("Song").title == "Two"
    assert asked.code(say.SavePatch(id=3, name="song", replace=True)) == "done"
    assert asked.stage.library.load("Song").title == "Changed"
    assert asked.versions() == [("Song", "Two")]


def test_a_deleted_patch_is_among_the_backups_and_comes_back(asked: Asked, stage: Stage, ada: Guest) -> None:
    asked.for_(say.SavePatch(id=1, name="Song"))
    assert asked.code(say.DeletePatch(id=2, name="song")) == "done"
    assert asked.names() == []
    assert asked.versions() == [("Song", "Two")]
    ada.edit(RemoveModule(id="a"))
    listed = asked.for_(say.ListBackups(id=3))
    assert isinstance(listed, Backups)
    assert asked.code(say.LoadBackup(id=4, name="Song", version=listed.versions[0].version)) == "done"
    assert stage.document.patch == two_amplifiers()
    ada.undo()
    assert "a" not in stage.document.patch.modules


def test_a_patch_gets_another_name_and_keeps_its_backups(asked: Asked) -> None:
    asked.for_(say.SavePatch(id=1, name="Song"))
    asked.for_(say.SavePatch(id=2, name="Song", replace=True))
    asked.for_(say.SavePatch(id=3, name="Other"))
    assert asked.code(say.RenamePatch(id=4, name="Song", to="other")) == "exists"
    assert asked.code(say.RenamePatch(id=5, name="Song", to="Hymn")) == "done"
    assert sorted(asked.names()) == ["Hymn", "Other"]
    assert asked.versions() == [("Hymn", "Two")]
    assert asked.code(say.RenamePatch(id=6, name="Hymn", to="HYMN")) == "done", "only its case changes"
    assert asked.code(say.RenamePatch(id=7, name="HYMN", to="Other", replace=True)) == "done"
    assert asked.names() == ["Other"]
    assert sorted(asked.versions()) == [("Other", "Two"), ("Other", "Two")]


def test_a_new_patch_is_empty_and_undo_brings_the_old_one_back(asked: Asked, stage: Stage, ada: Guest) -> None:
    assert asked.code(say.NewPatch(id=1)) == "done"
    assert stage.document.patch == Patch()
    ada.undo()
    assert stage.document.patch == two_amplifiers()


def test_what_hands_are_turning_belongs_to_what_is_exported(asked: Asked, stage: Stage, ada: Guest) -> None:
    ada.say(say.Turn(module="a", knob="level", value=7.0))
    exported = asked.for_(say.ExportPatch(id=1))
    assert isinstance(exported, Exported)
    assert exported.name == "Two"
    assert json.loads(exported.text)["modules"]["a"]["knobs"] == {"level": 7.0}


def test_a_list_does_not_end_a_gesture(asked: Asked, stage: Stage, ada: Guest) -> None:
    ada.say(say.Turn(module="a", knob="level", value=7.0))
    asked.names()
    assert stage.document.revision == 0


def test_an_exported_patch_can_be_imported(asked: Asked, stage: Stage) -> None:
    asked.for_(say.SavePatch(id=1, name="Song"))
    exported = asked.for_(say.ExportPatch(id=2, name="Song"))
    assert isinstance(exported, Exported)
    assert asked.code(say.ImportPatch(id=3, name="Song", text=exported.text)) == "exists"
    assert asked.code(say.ImportPatch(id=4, name="Song 2", text=exported.text)) == "done"
    assert stage.library.load("Song 2") == two_amplifiers()


def test_a_long_file_comes_in_pieces_of_which_the_last_is_answered(asked: Asked, stage: Stage, ada: Guest) -> None:
    long = Patch(notes="♪" * 65_000, modules={f"m{n}": two_amplifiers().modules["a"] for n in range(1_500)})
    text = patch_text(long)
    pieces = [text[start : start + MOST_PIECE] for start in range(0, len(text), MOST_PIECE)]
    assert len(pieces) > 2
    for piece in pieces[:-1]:
        ada.say(say.ImportPatch(id=1, name="Long", text=piece, more=True))
    assert asked.code(say.ImportPatch(id=1, name="Long", text=pieces[-1])) == "done"
    assert stage.library.load("Long") == long


def test_a_file_that_was_given_up_does_not_spoil_the_next(asked: Asked, ada: Guest) -> None:
    ada.say(say.ImportPatch(id=1, name="Half", text='{"modules":', more=True))
    assert asked.code(say.ImportPatch(id=2, name="Whole", text="{}")) == "done"
    assert asked.names() == ["Whole"]


def test_a_file_larger_than_a_patch_can_be_is_refused_before_it_is_whole(asked: Asked, ada: Guest) -> None:
    piece = say.ImportPatch(id=1, name="Endless", text=" " * MOST_PIECE, more=True)
    for _ in range(LARGEST_FILE // MOST_PIECE):
        ada.say(piece)
    assert ada.hear_only(RejectedRequest) == []
    assert asked.code(piece) == "unreadable_patch"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("not JSON", "'Song' is not valid JSON"),
        ("[]", "a JSON object was expected"),
        ('{"modules": {"a": {}}}', "modules/a/type is missing"),
        ('{"schema_version": 99}', "update SynthVR"),
        ("[" * 100_000, "is not valid JSON"),
    ],
)
def test_what_is_no_patch_is_refused_in_words_and_not_kept(asked: Asked, text: str, words: str) -> None:
    answer = asked.for_(say.ImportPatch(id=1, name="Song", text=text))
    assert isinstance(answer, RejectedRequest)
    assert answer.code == "unreadable_patch"
    assert words in answer.sentence
    assert asked.names() == []


WISHES: dict[str, ClientMessage] = {
    "delete": say.DeletePatch(id=1, name="nobody"),
    "rename": say.RenamePatch(id=1, name="nobody", to="somebody"),
    "export": say.ExportPatch(id=1, name="nobody"),
    "load": say.LoadPatch(id=1, name="nobody"),
}


@pytest.mark.parametrize("wish", WISHES)
def test_what_is_not_there_is_said_not_to_be_there(asked: Asked, wish: str) -> None:
    assert asked.code(WISHES[wish]) == "unknown_patch"


BAD_NAMES: dict[str, ClientMessage] = {
    "delete": say.DeletePatch(id=1, name="../x"),
    "rename": say.RenamePatch(id=1, name="../x", to="x"),
    "rename to": say.RenamePatch(id=1, name="Song", to="../x"),
    "import": say.ImportPatch(id=1, name="../x", text="{}"),
    "export": say.ExportPatch(id=1, name="../x"),
}


@pytest.mark.parametrize("wish", BAD_NAMES)
def test_no_name_leads_out_of_the_library(asked: Asked, wish: str) -> None:
    asked.for_(say.SavePatch(id=1, name="Song"))
    assert asked.code(BAD_NAMES[wish]) == "invalid_name"


def test_a_version_that_is_not_there_is_said_not_to_be_there(asked: Asked) -> None:
    assert asked.code(say.LoadBackup(id=1, name="Song", version="7")) == "unknown_backup"


def test_whoever_leaves_in_the_middle_harms_nobody(stage: Stage, ada: Guest, ben: Guest) -> None:
    ada.say(say.ImportPatch(id=1, name="Half", text="{", more=True))
    ada.say(say.DeletePatch(id=2, name="nobody"))
    ada.go()
    stage.reactor.finish_work()
    ben.edit(turn("a", 2.0))
    assert ben.hear_one(Ack).revision == 1
