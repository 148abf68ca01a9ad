"""Sends the commands of one client, and settles each exactly once."""

import threading
import time

import plain_http
from addresses import NotFound
from endings import of_status
from frames import BadFrame, read
from outbox import Outbox, from_fold, outcome_of, proven_by, refused_here, rejected, repeats_itself

TOKEN_CODES = ("auth_expired", "unauthenticated")


class Sender:
    """Works for one client, in the client's own thread."""

    def __init__(self, client):
        self._client = client
        self._outbox = Outbox()
        self._awaiting = set()     # ids whose ack the present WebSocket still owes. LIMIT-15
        self._posting = None       # the one POST under way. COMMAND-55

    def submit(self, command):
        if self._client.stop_code:
            command.done(refused_here(self._client.stop_code, "the session is not attached any more"))
            return
        if command.size is None:
            command.done(refused_here("invalid_command", "a lone surrogate is no text"))
            return
        self._outbox.add(command)
        self.flush()

    def flush(self):
        """Sends whatever may be sent now."""
        client = self._client
        if client.welcome is None or client.stop_code:
            return
        if client.posts:
            self._post_next()
        elif client.synced:
            self._send_all()

    def _send_all(self):
        client = self._client
        for command in self._outbox:  # COMMAND-59: in the order of the first sendings
            if command.accepted or command.link is client.link or command.needs_token:
                continue
            if command.not_before > time.monotonic():
                continue
            if len(self._awaiting) >= client.welcome["limits"]["maxInFlight"]:
                return
            if self._may_send(command):
                self._awaiting.add(command.id)
                command.link = client.link
                client.link.send(command.text)

    def _post_next(self):
        if self._posting:
            return
        for command in self._outbox:
            if command.accepted:
                continue
            if command.needs_token:
                return
            if command.not_before > time.monotonic():
                if command.refusal:
                    continue
                return  # its order after the next one may matter
            if self._may_send(command):
                self._posting = command.id
                threading.Thread(target=self._post, args=(command.id, command.text), daemon=True).start()
                return

    def _post(self, command_id, text):
        client = self._client
        try:
            url = client.addresses.of("sse")
            answer = plain_http.post(url, client.session, client.tokens.current, text.encode("utf-8"), client.patience)
        except NotFound:  # no address is no answer
            answer = plain_http.Answer(0)
        client.inbox.put(lambda: self._posted(command_id, answer))

    def _may_send(self, command):
        """Whether a command may be sent now; settles one that never may again."""
        limits = self._client.welcome["limits"]
        if command.first_sent is None and command.frame["type"] not in self._client.caps:  # ROLE-5
            self._outbox.settle(command, refused_here("forbidden", "the credential does not allow it"))
            return False
        if command.size > limits["maxFrameBytes"]:  # LIMIT-16
            self._outbox.settle(command, refused_here("frame_too_large", "longer than the server accepts"))
            return False
        if command.age() > limits["dedupeMs"] * 0.9 / 1000:  # COMMAND-49
            if self._client.synced:
                self._give_up(command, None)
            return False
        command.first_sent = command.first_sent or time.monotonic()
        command.sendings += 1
        command.epoch = self._client.welcome["position"]["epoch"]
        command.refusal = None
        return True

    def _give_up(self, command, unsent):
        """Settles a command that is not sent any more, by what is known of it."""
        if command.refusal:
            outcome = rejected(command.refusal)
        elif command.first_sent is None:
            outcome = unsent
        else:
            outcome = from_fold(command, self._client.view.fold, self._client.principal)
        self._outbox.settle(command, outcome)

    def acknowledged(self, ack):
        """An ack came on the present WebSocket."""
        self._awaiting.discard(ack["id"])
        command = self._outbox.get(ack["id"])  # COMMAND-54
        if command and not command.accepted:
            self._answered(command, ack)
        self.flush()

    def _answered(self, command, ack):
        command.link = None
        if ack["status"] == "rejected" and "error" in ack:
            self._refused(command, ack)
        elif ack["status"] == "accepted" and "position" in ack and not self._client.stop_code:
            self._accepted(command, ack)
        else:
            self._outbox.settle(command, outcome_of(ack))

    def _accepted(self, command, ack):
        command.accepted, command.target = ack, ack["position"]
        if command.epoch == self._client.welcome["position"]["epoch"]:
            command.target = {**ack["position"], "epoch": command.epoch}  # COMMAND-57
        self._settle_what_is_held()

    def _refused(self, command, ack):
        error = ack["error"]
        command.rejections += 1
        if error["code"] in TOKEN_CODES and self._client.renew():
            command.needs_token, command.refusal = True, error
        elif repeats_itself(error, command.rejections) and not self._client.stop_code:
            command.refusal = error
            self._later(command, command.rejections, error.get("retryAfterMs", 0))  # COMMAND-46, COMMAND-61
        else:
            self._outbox.settle(command, outcome_of(ack))

    def _later(self, command, tries, after_ms):
        delay = after_ms / 1000 + self._client.backoff.delay(tries)
        command.not_before = time.monotonic() + delay
        self._client.timers.set(f"repeat {command.id}", delay, self.flush)

    def _posted(self, command_id, answer):
        if self._posting == command_id:
            self._posting = None
        command = self._outbox.get(command_id)
        if command and not command.accepted:
            ack = self._ack_of(command, answer)
            if ack:
                self._answered(command, ack)
            else:
                self._unanswered(command, answer)
        self.flush()

    def _ack_of(self, command, answer):
        try:
            frame = read(answer.body) if answer.status == 200 else None
        except BadFrame:
            return None
        return frame if frame and frame["type"] == "ack" and frame["id"] == command.id else None

    def _unanswered(self, command, answer):
        """A POST without an ack: repeated, or told, as its status says. SSE-33, SSE-34, SSE-35"""
        problem = plain_http.problem_of(answer.body)
        status = answer.status
        if self._client.stop_code:
            self._give_up(command, None)
        elif status == 401:
            command.needs_token = True
            self._client.renew()
        elif 400 <= status <= 499 and status not in (408, 425, 429):
            if command.sendings > 1:
                self._give_up(command, None)
            else:
                self._outbox.settle(command, rejected(problem or {
                    "code": f"http_{status}", "message": "refused without a reason", "retryable": False}))
        else:
            self._later(command, command.failures, of_status(status, problem, answer.retry_after).after_ms)
            command.failures += 1

    def moved(self, events):
        """The view has moved: a cause proves a command, a position is reached. COMMAND-52, COMMAND-53"""
        for event in events:
            command = self._outbox.get(event.get("cause"))
            if command and not command.accepted:
                self._outbox.settle(command, proven_by(event))
                if self._posting == command.id:
                    self._posting = None
        self._settle_what_is_held()
        self.flush()

    def _settle_what_is_held(self):
        client = self._client
        for command in self._outbox:
            if not command.accepted:
                continue
            if client.view.holds(command.target):
                self._outbox.settle(command, outcome_of(command.accepted))
            elif client.synced and client.view.position["epoch"] != command.target["epoch"]:
                self._give_up(command, None)  # COMMAND-56

    def detached(self):
        """The connection is gone; what it still owed is repeated on the next one. COMMAND-48"""
        self._awaiting.clear()
        for command in self._outbox:
            command.link = None

    def trusted(self):
        """The credential has been renewed."""
        for command in self._outbox:
            command.needs_token = False
        self.flush()

    def stopped(self, for_good=False):
        """No attempt follows: everything is settled by what is known, a POST under way when it ends. COMMAND-60"""
        for command in self._outbox:
            if command.accepted:
                self._outbox.settle(command, outcome_of(command.accepted))
            elif for_good or command.id != self._posting:
                self._give_up(command, refused_here(self._client.stop_code, "it was never sent"))
