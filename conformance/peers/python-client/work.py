"""An application on top of the agent: it carries out a plan on one run. All of it in the client's own thread."""

from agent import OUTSIDE, Stopped
from effect import Effect
from outbox import new_id
from schema import fits


class Refused(Exception):
    """An append was rejected, and what the plan wants next builds on it."""

    def __init__(self, outcome):
        super().__init__(outcome["outcome"])
        self.outcome = outcome


class Work:
    """One plan on one run. Each method is a generator that yields what to wait for: a function that takes `done`."""

    def __init__(self, client, agent, run_id, plan, done):
        self._client, self._agent, self._run_id, self._plan, self._done = client, agent, run_id, plan, done
        self._message = None
        self._effect = None
        self._over = False
        self._ticket = None        # of what is waited for now; nothing else is heard
        self._steps = self._run()
        self._go(lambda: next(self._steps))

    def _go(self, move):
        try:
            begin = move()
        except StopIteration as end:
            self._over = True
            self._done(end.value)
            return
        ticket = self._ticket = object()
        begin(lambda outcome: self._go(lambda: self._steps.send(outcome)) if self._ticket is ticket else None)

    def _stop(self, error):
        """The run is lost, or is being cancelled. AGENT-24, AGENT-26"""
        if self._over:
            return
        if self._effect:
            self._effect.stop()
        self._go(lambda: self._steps.throw(Stopped(error)))

    @property
    def _state(self):
        return self._client.view.fold.state

    def _run(self):
        claimed = yield lambda done: self._agent.claim(self._run_id, new_id(), done)
        if claimed["outcome"] != "accepted":
            return claimed
        try:
            self._agent.held(self._run_id).stop = self._stop
            yield from self._take_over()
            for step in self._plan:
                (kind, fields), = step.items()
                yield from getattr(self, "_" + kind)(fields)
            if not any("end" in step for step in self._plan):
                yield self._release  # LEASE-13
        except Stopped as stopped:
            if stopped.error:
                return {"outcome": "rejected", "error": stopped.error}
            yield from self._append({"type": "run.ended", "outcome": "cancelled"})
        except Refused as refused:
            yield self._release
            return refused.outcome
        return claimed

    def _release(self, done):
        self._agent.release(self._run_id, "released", done)

    def _append(self, *events):
        outcome = yield lambda done: self._agent.append(self._run_id, list(events), done)
        if outcome["outcome"] not in ("accepted", "noop"):
            raise Refused(outcome)

    def _write(self, *events):
        """Appends to the message of this term, which begins with its first part."""
        begin = []
        if self._message is None:
            self._message = new_id()
            begin = [{"type": "message.created", "messageId": self._message, "role": "assistant"}]
        first, *others = events
        yield from self._append(*begin, {"type": "part.created", "messageId": self._message, **first}, *others)

    # After a takeover

    def _tools(self):
        return [part for message in self._state["messages"] if message.get("runId") == self._run_id
                for part in message["parts"] if part["kind"] == "tool"]

    def _take_over(self):
        """Ends what a predecessor left running and this plan does not repeat. AGENT-28, AGENT-29"""
        wanted = {step["call"]["partId"] for step in self._plan if "call" in step}
        left = [part["partId"] for part in self._tools() if part["status"] == "running" and part.get("executor") != OUTSIDE
                and not (part.get("idempotent") and part["partId"] in wanted)]
        if left:
            yield from self._append(*({"type": "tool.ended", "partId": each, "outcome": "indeterminate"} for each in left))

    # The steps of a plan

    def _say(self, text):
        part_id = new_id()
        yield from self._write({"partId": part_id, "kind": "text"})
        yield from self._append({"type": "part.delta", "partId": part_id, "delta": text})
        yield from self._append({"type": "part.ended", "partId": part_id})  # PART-12

    def _call(self, call):
        part_id = call["partId"]
        known = next((part for part in self._tools() if part["partId"] == part_id), None)
        if known and known["status"] == "running":
            yield from self._carry_out(part_id, known["input"], call, {})
            return
        if known and known["status"] != "ready":
            return
        if known is None:
            part = {"partId": part_id, "kind": "tool", "toolCallId": part_id, "toolName": call["name"]}
            if call.get("idempotent"):
                part["idempotent"] = True
            if "inputText" in call:
                yield from self._fail_input(part, call["inputText"])
                return
            yield from self._write({**part, "input": call.get("input")})
        value, changed = call.get("input") if known is None else known["input"], {}
        if "approval" in call:
            decision = yield from self._approval(part_id, call["approval"]["requestId"])
            if decision["outcome"] != "approved":
                return
            if "editedInput" in decision:
                value, changed = decision["editedInput"], {"input": decision["editedInput"]}  # TOOL-8
        yield from self._carry_out(part_id, value, call, changed)

    def _fail_input(self, part, text):
        """A model wrote what is no JSON. TOOL-11"""
        part_id = part["partId"]
        yield from self._write(part, {"type": "part.delta", "partId": part_id, "delta": text})
        error = {"code": "invalid_input", "message": "the input is no JSON", "retryable": False}
        yield from self._append({"type": "part.ended", "partId": part_id},
                                {"type": "tool.ended", "partId": part_id, "outcome": "failed", "error": error})

    def _carry_out(self, part_id, value, call, changed):
        yield from self._append({"type": "tool.started", "partId": part_id, **changed})  # AGENT-27
        ended = {"outcome": "completed", "output": None}
        if "effect" in call:
            ended = yield lambda done: self._begin(call["effect"], value, done)
        yield from self._append({"type": "tool.ended", "partId": part_id, **ended})

    def _begin(self, url, value, done):
        self._effect = Effect(url, value, self._client.inbox.put, done)

    def _approval(self, part_id, request_id):
        options = [{"optionId": "yes", "label": "Do it", "outcome": "approved"},
                   {"optionId": "no", "label": "Leave it", "outcome": "denied"}]
        return self._ask_people({"requestId": request_id, "kind": "approval", "partId": part_id,
                                 "editable": True, "options": options})

    def _ask(self, question):
        """Asks until a value fits. REQUEST-18"""
        request_id, schema = question["requestId"], question.get("schema")
        while True:
            request = {"requestId": request_id, "kind": "input", "prompt": question["prompt"]}
            decision = yield from self._ask_people({**request, "schema": schema} if schema else request)
            if decision["outcome"] != "answered" or schema is None or fits(decision.get("value"), schema):
                return
            request_id = new_id()

    def _ask_people(self, request):
        request_id = request["requestId"]
        if not self._decision(request_id) and all(each["requestId"] != request_id for each in self._state["requests"]):
            yield from self._append({"type": "request.opened", **request})
        return (yield lambda done: self._await_decision(request_id, done))

    def _await_decision(self, request_id, done):
        def look():
            decision = self._decision(request_id)
            if decision or self._over:
                self._client.watchers.remove(look)
            if decision:
                done(decision)
        self._client.watchers.append(look)

    def _decision(self, request_id):
        return next((each for each in self._state["decisions"] if each["requestId"] == request_id), None)

    def _model(self, model):
        """One call of a model: what was steered goes in or is refused, and the totals move. STEER-14, STEER-15, AGENT-33"""
        steers = [each["messageId"] for each in self._state["messages"]
                  if each.get("steeredRunId") == self._run_id and "applied" not in each and "missed" not in each]
        answer = {"type": "message.applied"} if model["steers"] == "take" else {"type": "message.missed", "reason": "rejected"}
        total = {"provider": "scripted", "model": "plan", "inputTokens": 0, "outputTokens": 0}
        others = []
        for each in self._client.view.fold.runs[self._run_id].get("usage", []):
            if (each["provider"], each["model"]) == (total["provider"], total["model"]):
                total = each
            else:
                others.append(each)
        total = {**total, **{name: total[name] + model[name] for name in ("inputTokens", "outputTokens")}}
        yield from self._append(*({**answer, "messageId": each} for each in steers),
                                {"type": "usage.updated", "usage": [*others, total]})

    def _end(self, outcome):
        yield from self._append({"type": "run.ended", "outcome": outcome})
