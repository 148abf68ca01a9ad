"""A device that runs a client tool: it claims the request, does the work under a lease, and answers."""

from effect import Effect
from outbox import command, refused_here


class DeviceTool:
    """One client tool, in the client's own thread."""

    def __init__(self, client, request_id, url, done):
        self._client, self._request_id, self._url, self._done = client, request_id, url, done
        self._effect = None
        self._claim(self._claimed)

    def _claim(self, done):
        self._client.sender.submit(command(
            {"type": "request.claim", "requestId": self._request_id, "claimant": self._client.claimant}, done))

    def _request(self):
        """The request, while it is open and this device holds it."""
        for request in self._client.view.fold.state["requests"]:
            claim = request.get("claim", {})
            is_own = claim.get("claimant") == self._client.claimant and claim["by"].get("principal") == self._client.principal
            if request["requestId"] == self._request_id and is_own:
                return request
        return None

    def _claimed(self, outcome):
        if outcome["outcome"] not in ("accepted", "noop"):
            self._done(outcome)  # REQUEST-42
            return
        request = self._request()  # an accepted ack is told when its position is held. REQUEST-51
        if request is None:
            self._done(refused_here("fenced", "another device holds the claim"))
            return
        lease = outcome.get("result", {}).get("leaseMs", self._client.welcome["limits"]["leaseMs"]) / 1000
        self._keep(lease)
        self._client.watchers.append(self._look)
        self._effect = Effect(self._url, self._input(request.get("partId")), self._client.inbox.put, self._ran)

    def _input(self, part_id):
        parts = (part for message in self._client.view.fold.state["messages"] for part in message["parts"])
        return next((part.get("input") for part in parts if part["partId"] == part_id), None)

    def _keep(self, lease):
        """Renews at every third of the lease. REQUEST-43"""
        def renew():
            self._claim(lambda _: None)
            self._keep(lease)
        self._client.timers.set(f"tool {self._request_id}", lease / 3, renew)

    def _look(self):
        if self._request() is None:  # REQUEST-52
            self._effect.stop()
            self._leave()
            self._done(refused_here("fenced", "the claim was lost"))

    def _leave(self):
        self._client.timers.drop(f"tool {self._request_id}")
        self._client.watchers.remove(self._look)

    def _ran(self, ended):
        self._leave()
        answer = {"outcome": "answered", "value": ended["output"]} if ended["outcome"] == "completed" else {
            "outcome": "failed", "error": ended.get("error") or {
                "code": "indeterminate", "message": "nobody knows whether it happened", "retryable": False}}
        self._client.sender.submit(command(
            {"type": "request.resolve", "requestId": self._request_id, "claimant": self._client.claimant, **answer}, self._done))
