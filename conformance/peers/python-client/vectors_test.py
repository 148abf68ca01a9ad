"""Runs the vectors of the specification: python3 -m unittest vectors_test, in this folder."""

import json
import pathlib
import unittest

import fold
import fold_parts  # noqa: F401  registers its effects
import frames
import patch
import position

VECTORS = pathlib.Path(__file__).resolve().parents[3] / "schemas/vectors"


def vectors(folder):
    files = sorted((VECTORS / folder).glob("*.json"))
    assert files, folder
    return [json.loads(file.read_text("utf-8")) for file in files]


def folded(events):
    state = fold.Fold()
    for event in events:
        try:
            state.apply(event)
        except patch.PatchFailed:
            pass  # the fold is total; that a client asks for a snapshot then is not its affair
    return state.state


class Vectors(unittest.TestCase):
    def test_fold(self):
        for vector in vectors("fold"):
            for log in ("events", "snapshot"):
                if log in vector:
                    with self.subTest(vector["title"], log=log):
                        state = folded(vector[log])
                        self.assertTrue(patch.equal(state, vector["state"]), f"{state}\n{vector['state']}")

    def test_patch(self):
        for vector in vectors("patch"):
            for case in vector["cases"]:
                with self.subTest(case["title"]):
                    if "index" in case:
                        with self.assertRaises(patch.PatchFailed) as failed:
                            patch.apply(case["document"], case["patch"])
                        self.assertEqual(failed.exception.index, case["index"])
                    else:
                        self.assertTrue(patch.equal(patch.apply(case["document"], case["patch"]), case["result"]))

    def test_parse(self):
        file = json.loads((VECTORS / "parse/server.json").read_text("utf-8"))
        for case in file["cases"]:
            with self.subTest(case["title"]):
                if "error" in case:
                    with self.assertRaises(frames.BadFrame):
                        frames.read(case["text"])
                else:
                    frames.read(case["text"])

    def test_position(self):
        for vector in vectors("position"):
            for case in vector["cases"]:
                with self.subTest(case["text"]):
                    self.assertEqual(position.parse(case["text"]), case["position"])
                    if case["position"]:
                        self.assertEqual(position.render(case["position"]), case["text"])


if __name__ == "__main__":
    unittest.main()
