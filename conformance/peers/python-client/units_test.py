"""Units that the vectors of the specification do not reach: python3 -m unittest units_test, in this folder."""

import unittest

import endings
from attachment import Attachment, Drop, View
from backoff import Backoff
from outbox import command, from_fold, repeats_itself
from sse import EventStream
from timers import Timers

EPOCH = "k3XpQ9vTz1A"


def at(seq):
    return {"epoch": EPOCH, "seq": seq}


def attached(view, hello, **welcome):
    attachment = Attachment(view, {"versions": [1], **hello})
    attachment.take({"type": "welcome", "version": 1, **welcome})
    return attachment


def delta(seq, text, **more):
    return {"seq": seq, "type": "part.delta", "partId": "p1", "delta": text, **more}


class Units(unittest.TestCase):
    def test_backoff_draws_below_the_cap_and_resets_only_after_health(self):
        ceilings = []
        backoff = Backoff(100, 350, 1000, uniform=lambda low, high: ceilings.append((low, high)) or high)
        for _ in range(4):
            backoff.next()
        self.assertEqual(ceilings, [(0, 0.1), (0, 0.2), (0, 0.35), (0, 0.35)])
        backoff.lived(0.999)
        self.assertEqual(backoff.attempts, 4)
        backoff.lived(1)
        self.assertEqual(backoff.attempts, 0)

    def test_every_cut_of_an_event_stream_gives_the_same_frames(self):
        body = b"\xef\xbb\xbf:hi\r\nid:1\rdata: {\"a\"\rdata:: 1}\n\nretry:5\r\n\r\ndata\r\n\r\nevent:x\ndata:{}\n\ndata:half\n"
        expected = [b'{"a"\n: 1}', b"", b"{}"]  # empty data is data, an event that is cut off is none
        for cut in range(len(body)):
            stream = EventStream()
            frames = [*stream.feed(body[:cut]), *stream.feed(body[cut:])]
            self.assertEqual(frames, expected, cut)
        stream = EventStream()
        self.assertEqual([each for byte in body for each in stream.feed(bytes([byte]))], expected)

    def test_endings(self):
        for code, action in ((1006, "retry"), (4499, "retry"), (4500, "reauth"), (4510, "stop"), (1009, "stop"), (3000, "retry")):
            self.assertEqual(endings.of_close(code).action, action, code)
        for status, action in ((204, "stop"), (401, "reauth"), (403, "stop"), (408, "retry"), (503, "retry")):
            self.assertEqual(endings.of_status(status).action, action, status)
        problem = {"code": "gone", "message": "", "retryable": False, "retryAfterMs": 7}
        self.assertEqual(endings.of_status(503, problem, "2"), endings.Ending("stop", "gone", 2000))
        self.assertEqual(endings.of_bye({"action": "hibernate", "code": "new"}).action, "retry")

    def test_holes_and_starts_inside_drop_the_connection_and_apply_nothing(self):
        for event in (delta(513, "x"), delta(512, "x", **{"from": 510})):
            view = View(at(511))
            attachment = attached(view, {"position": at(511)}, resume="resumed", position=at(511))
            with self.assertRaises(Drop):
                attachment.take({**event, "seq": event["seq"]})
            self.assertEqual(view.position, at(511))

    def test_an_event_that_is_held_is_ignored(self):
        view = View(at(511))
        attachment = attached(view, {"position": at(511)}, resume="resumed", position=at(511))
        self.assertEqual(attachment.take(delta(511, "x", **{"from": 510})), [])
        self.assertEqual(len(attachment.take(delta(513, "x", **{"from": 512}))), 1)
        self.assertEqual(view.position, at(513))

    def test_resumed_from_elsewhere_asks_for_a_snapshot(self):
        for position in (at(5), {"epoch": "another-epoch", "seq": 4}):
            with self.assertRaises(Drop) as dropped:
                attached(View(at(4)), {"position": at(4)}, resume="resumed", position=position)
            self.assertTrue(dropped.exception.anew)

    def test_half_a_snapshot_is_not_shown(self):
        view = View(at(1))
        attachment = attached(view, {}, resume="snapshot", position=at(9))
        event = {"seq": 3, "type": "session.created", "at": 1, "by": {"principal": "a", "role": "agent"}, "title": "t"}
        attachment.take({"type": "snapshot", "position": at(9), "events": [event], "last": False})
        self.assertEqual((view.position, view.fold.state["session"].get("title")), (at(1), None))
        attachment.take({"type": "snapshot", "position": at(9), "events": [], "last": True})
        self.assertEqual((view.position, view.fold.state["session"].get("title")), (at(9), "t"))

    def test_a_patch_that_does_not_apply_asks_for_a_snapshot(self):
        view = View(at(1))
        attachment = attached(view, {"position": at(1)}, resume="resumed", position=at(1))
        with self.assertRaises(Drop) as dropped:
            attachment.take({"seq": 2, "type": "state.patched", "at": 1, "patch": [{"op": "remove", "path": "/no"}]})
        self.assertTrue(dropped.exception.anew)
        self.assertEqual(view.position, at(1))

    def test_the_fold_settles_what_no_ack_did(self):
        send = command({"type": "message.send", "messageId": "m1", "parts": []}, None)
        view = View()
        self.assertEqual(from_fold(send, view.fold, "ann")["outcome"], "indeterminate")
        view.fold.state["session"]["closed"] = True
        self.assertEqual(from_fold(send, view.fold, "ann")["error"]["code"], "session_closed")
        resolve = command({"type": "request.resolve", "requestId": "q1", "outcome": "approved"}, None)
        view.fold.state["decisions"].append({"requestId": "q1", "outcome": "approved", "by": {"principal": "bob"}, "seq": 4})
        self.assertEqual(from_fold(resolve, view.fold, "bob"), {"outcome": "accepted"})
        self.assertEqual(from_fold(resolve, view.fold, "ann")["error"]["code"], "already_resolved")

    def test_rejections_that_repeat_themselves(self):
        def error(code, retryable):
            return {"code": code, "message": "", "retryable": retryable}
        self.assertTrue(repeats_itself(error("of_tomorrow", True), 1))
        self.assertFalse(repeats_itself(error("of_tomorrow", False), 1))
        self.assertFalse(repeats_itself(error("session_busy", True), 1))
        self.assertFalse(repeats_itself(error("rate_limited", True), 6))

    def test_timers_run_once_in_their_order(self):
        now, ran = [0.0], []
        timers = Timers(clock=lambda: now[0])
        timers.set("b", 2, lambda: ran.append("b"))
        timers.set("a", 1, lambda: ran.append("a"))
        timers.set("a", 1.5, lambda: ran.append("a again"))
        self.assertEqual(timers.wait(), 1.5)
        now[0] = 5.0
        timers.run()
        timers.run()
        self.assertEqual(ran, ["a again", "b"])
        self.assertIsNone(timers.wait())


if __name__ == "__main__":
    unittest.main()
