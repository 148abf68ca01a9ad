"""The agent's side: claims runs, numbers appends, renews leases."""

from outbox import command, refused_here, rejected

LOST = ("fenced", "run_not_active", "session_closed")
OUTSIDE = "client"  # the executor of tools that a device runs, and no agent


class Stopped(Exception):
    """The work on a run has to stop: it is being cancelled, or, with an `error`, lost."""

    def __init__(self, error=None):
        super().__init__(error["code"] if error else "cancelled")
        self.error = error


class Held:
    """One run that is held under a term."""

    def __init__(self, agent, term, lease):
        self.agent, self.term, self.lease = agent, term, lease
        self.n = 1                 # of the next append. AGENT-19
        self.sent = {}             # what each n of this term held. AGENT-22
        self.waiting = []          # appends that wait for the one before them. AGENT-21
        self.busy = False
        self.must_hold = 0         # the seq to read up to before it goes on. AGENT-23
        self.ending = False        # the end of a cancelled run is on its way. AGENT-26
        self.stop = None           # told the error, or None of a cancel, by which work for the run has to stop


class Agent:
    """Holds runs for one client, in the client's own thread."""

    def __init__(self, client):
        self._client = client
        self._held = {}
        self._lost = {}
        client.watchers.append(lambda: [self._look(run_id) for run_id in list(self._held)])

    def _look(self, run_id):
        run = self._client.view.fold.runs.get(run_id)
        if run and run["status"] == "cancelling":
            self._end_cancelled(run_id)
        self._next(run_id)

    def held(self, run_id):
        return self._held[run_id]

    def _end_cancelled(self, run_id):
        """Whoever works stops, and ends the run; without work it ends at once. AGENT-26"""
        held = self._held.get(run_id)
        if held is None or held.ending:
            return
        held.ending = True
        if held.stop:
            held.waiting.clear()
            held.stop(None)
        else:
            self.append(run_id, [{"type": "run.ended", "outcome": "cancelled"}], lambda _: None)

    def _send(self, fields, done):
        self._client.sender.submit(command(fields, done))

    def claim(self, run_id, agent, done):
        def settled(outcome):
            if outcome["outcome"] == "accepted":
                result = outcome["result"]
                lease = result.get("leaseMs", self._client.welcome["limits"]["leaseMs"]) / 1000
                self._held[run_id] = Held(agent, result["term"], lease)
                self._lost.pop(run_id, None)
                self._keep(run_id)
            done(outcome)

        self._send({"type": "run.claim", "runId": run_id, "agent": agent}, settled)

    def _keep(self, run_id):
        """Renews at every third of the lease, for as long as the run is held. LEASE-12"""
        held = self._held[run_id]
        self._client.timers.set(f"lease {run_id}", held.lease / 3, lambda: self._renew(run_id, held))

    def _renew(self, run_id, held):
        run = self._client.view.fold.runs.get(run_id)
        if self._held.get(run_id) is not held or (run and run["status"] == "ended"):
            return
        self._send(self._fields("run.renew", run_id, held), lambda outcome: self._check(run_id, outcome))
        self._keep(run_id)

    def _fields(self, kind, run_id, held, **more):
        return {"type": kind, "runId": run_id, "agent": held.agent, "term": held.term, **more}

    def _check(self, run_id, outcome):
        """Lets go of a run that somebody else holds, or nobody can. AGENT-24"""
        error = outcome.get("error", {})
        if error.get("code") == "run_cancelling":
            self._end_cancelled(run_id)
        if outcome["outcome"] == "rejected" and error["code"] in LOST:
            held = self._held.pop(run_id, None)
            self._lost[run_id] = error
            if held and held.stop:
                held.stop(error)
            for _, done in held.waiting if held else ():
                done(rejected(error))

    def append(self, run_id, events, done):
        if run_id in self._held:
            self._held[run_id].waiting.append((events, done))
            self._next(run_id)
        elif run_id in self._lost:
            done(rejected(self._lost[run_id]))
        else:
            done(refused_here("fenced", "this client does not hold the run"))

    def _next(self, run_id):
        held = self._held.get(run_id)
        if held is None or held.busy or not held.waiting:
            return
        if self._client.view.position["seq"] < held.must_hold:
            return
        held.busy = True
        events, done = held.waiting.pop(0)
        n = held.n
        held.sent[n] = events

        def settled(outcome):
            held.busy = False
            self._appended(run_id, held, n, events, done, outcome)
            self._next(run_id)

        self._send(self._fields("events.append", run_id, held, n=n, events=events), settled)

    def _appended(self, run_id, held, n, events, done, outcome):
        error = outcome.get("error", {})
        if outcome["outcome"] == "rejected" and error["code"] == "out_of_order":
            following = error.get("details", {}).get("next", n)
            if 1 <= following < n:
                again = [(held.sent[each], lambda _: None) for each in range(following, n)]
                held.n = following
                held.waiting[:0] = [*again, (events, done)]
                return
            if following > n:
                held.n = following
                held.waiting.insert(0, (events, done))
                return
        elif outcome["outcome"] in ("accepted", "noop"):
            held.n = n + 1
            self._keep(run_id)
        elif error.get("code") == "idempotency_conflict":
            details = error.get("details", {})
            held.n, held.must_hold = details.get("n", n) + 1, details.get("seq", 0)
        self._check(run_id, outcome)
        done(outcome)

    def release(self, run_id, reason, done):
        held = self._held.get(run_id)
        if held is None:
            done(refused_here("fenced", "this client does not hold the run"))
            return

        def settled(outcome):
            self._check(run_id, outcome)
            if outcome["outcome"] == "accepted":
                self._held.pop(run_id, None)
                self._client.timers.drop(f"lease {run_id}")
            done(outcome)

        self._send(self._fields("run.release", run_id, held, reason=reason), settled)
