"""The three kinds of failure, as tables that code, tests and the protocol document share.

A rejected request: the connection lives. A protocol violation: it closes. A failed module: it goes silent.
"""

from __future__ import annotations

from enum import IntEnum

# Code of `rejected` → what it means.
REJECTIONS: dict[str, str] = {
    "unknown_message": "The message's `type` names no message.",
    "invalid_message": "A field is missing, unknown, of the wrong type or outside its limits; the sentence says where.",
    "stale_revision": "`base` is not the current revision any more: look at what changed and ask again.",
    "unknown_module": "There is no module of that id in the patch.",
    "unknown_cable": "There is no cable of that id in the patch.",
    "unknown_type": "There is no such module in the catalogue.",
    "unknown_knob": "The module has no such knob.",
    "unknown_jack": "The module has no such jack.",
    "not_an_input": "A cable goes to an input, and the jack is an output.",
    "not_an_output": "A cable comes from an output, and the jack is an input.",
    "duplicate_id": "The id is taken; choose a new one.",
    "duplicate_cable": "A cable between these two jacks is plugged in already.",
    "value_out_of_range": "The knob does not take that value.",
    "patch_full": "A patch holds no more modules, cables, knobs or text; the sentence says of what.",
    "held": "Somebody else holds the knob.",
    "no_notes": "The module does not play notes.",
    "nothing_to_undo": "Nothing of this person's is left to take back.",
    "nothing_to_redo": "This person has taken nothing back.",
    "changed_since": "Others have changed what it would touch; the sentence says what, and who.",
    "invalid_name": "The library takes no patch of that name; the sentence says why.",
    "exists": "There is a patch of that name in the library: ask, and set `replace`.",
    "unknown_patch": "There is no patch of that name in the library.",
    "unknown_backup": "There is no such earlier version of the patch.",
    "ready_made": "The patch came with SynthVR and can be neither deleted nor renamed.",
    "library_failed": "The library could not do it, for a reason that it did not foresee; nothing was changed.",
    "unreadable_patch": "The patch's file is broken; the sentence says where.",
    "not_saved": "The file could not be written, renamed or deleted; the sentence says why.",
    "not_listed": "The library could not be read; the sentence says why.",
    "too_far_ahead": "The note lies further ahead than the server keeps notes: send it later.",
    "scope_of_what": "The scope stream needs `module` and `jack`, the other streams take neither.",
    "scopes_used_up": "As many jacks are looked at as there are scopes.",
    "not_subscribed": "There is no such stream to stop.",
}

# Code of `notice` → what it means.
NOTICES: dict[str, str] = {
    "edits_lost": "Of the last session not all could be read back; sent after the welcome too.",
}


class CloseCode(IntEnum):
    """Why the server closes a connection."""

    GOING_AWAY = 1001
    WRONG_FRAME = 1003
    TOO_LARGE = 1009
    FAILED = 1011
    UNREADABLE = 4400
    NOT_PAIRED = 4401
    WRONG_VERSION = 4406
    NO_HELLO = 4408
    OUT_OF_PLACE = 4409
    TOO_FAST = 4429
    TOO_SLOW = 4430

    @property
    def meaning(self) -> str:
        """What the code says, and what a client does then."""
        return _MEANINGS[self]


_MEANINGS: dict[CloseCode, str] = {
    CloseCode.GOING_AWAY: "The server stops. The patch is safe; connect again later, resuming may work.",
    CloseCode.WRONG_FRAME: "A text frame came on the msgpack subprotocol, or a binary frame on the JSON one.",
    CloseCode.TOO_LARGE: "A message was larger than the limit.",
    CloseCode.FAILED: "The server has met an error that it did not foresee: connect again later.",
    CloseCode.UNREADABLE: "A message was not msgpack, or not JSON.",
    CloseCode.NOT_PAIRED: "The hello had no valid token or code, or the device was forgotten: ask for the code.",
    CloseCode.WRONG_VERSION: "The client speaks another version of the protocol.",
    CloseCode.NO_HELLO: "No hello came in time.",
    CloseCode.OUT_OF_PLACE: "The first message was not hello, or a later one was.",
    CloseCode.TOO_FAST: "Too many messages in too short a time.",
    CloseCode.TOO_SLOW: "The client takes nothing any more, or has fallen too far behind: connect again and resume.",
}
