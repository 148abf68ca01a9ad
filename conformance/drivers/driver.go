// Drives YOUR CLIENT for the conformance suite of the Durable Session Protocol.
//
// The suite writes one JSON object a line to stdin, {"id", "command", "client", ...}, and reads one answer a line from stdout.
// Fill in the functions of the table below, open, view and close first; each comment says what to do and what to return.
// A function that returns errUnsupported is honest: what needs it is then untested. Never answer what your client did not show.
// Write to stderr what else you have to say; stdout is for answers. Then: npx @durable-session/conformance client
package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"os"
	"sync"
)

// Your client cannot do this, or you have not come to it yet.
var errUnsupported = errors.New("unsupported")

type fields = map[string]any

// What a function is given: the suite's name for one of your clients (several are open at a time), and the whole request.
type command func(client string, request fields) (fields, error)

var commands = map[string]command{
	"open":    open,
	"view":    view,
	"close":   closeClient,
	"send":    send,
	"cancel":  cancel,
	"resolve": resolve,
	"token":   token,
	"online":  online,
	// What agents are asked to do (claim, append, release, work, tool) is in driver.schema.json of the suite.
}

// Makes a client that attaches by itself, and goes on attaching until it is closed; returns at once.
//
// url: the base URL of the server; session, token; transport: "websocket" or "sse"; role: "people" or "agent";
// position, if given: {"epoch", "seq"} to resume from; backoff, if given: {"baseMs", "capMs", "healthMs"} to use.
func open(client string, request fields) (fields, error) {
	return nil, errUnsupported
}

// What the user sees now, or, with atLeast, as soon as the position has reached that seq (wait for it here).
//
// Returns "position": {"epoch", "seq"} or nil, "connection": "connecting" | "live" | "waiting" | "stopped",
// "messages": [{"messageId", "role", "text", "ended"}], "runs": [{"runId", "status", "outcome"?}],
// "requests": [{"requestId"}] that are open, "decisions": [{"requestId", "outcome"}], "stop"?: {"code"}.
func view(client string, request fields) (fields, error) {
	return nil, errUnsupported
}

// The application lets the client go; the session goes on without it.
func closeClient(client string, request fields) (fields, error) {
	return fields{}, nil
}

// Sends a message: messageId, text, and if given runId and ifBusy. Wait until your client has settled it.
//
// Returns "outcome": "accepted" | "noop" | "rejected" | "indeterminate", of a rejected one with "error": {"code"}.
func send(client string, request fields) (fields, error) {
	return nil, errUnsupported
}

// Cancels the run runId. Returns an outcome, as send does.
func cancel(client string, request fields) (fields, error) {
	return nil, errUnsupported
}

// Answers the question requestId: outcome, and if given optionId or value. Returns an outcome, as send does.
func resolve(client string, request fields) (fields, error) {
	return nil, errUnsupported
}

// From now on, this is the token that the application gives when the client asks for one.
func token(client string, request fields) (fields, error) {
	return nil, errUnsupported
}

// The platform says whether there is a network: online is true or false.
func online(client string, request fields) (fields, error) {
	return nil, errUnsupported
}

// Answers one request, however long that takes; the others are answered beside it.
func answer(request fields) fields {
	reply := fields{"id": request["id"]}
	name, _ := request["command"].(string)
	client, _ := request["client"].(string)
	run, known := commands[name]
	if !known {
		reply["unsupported"] = true
		return reply
	}
	result, err := run(client, request)
	switch {
	case errors.Is(err, errUnsupported):
		reply["unsupported"] = true
	case err != nil:
		reply["error"] = fields{"code": "Error", "message": err.Error()}
	default:
		if result == nil {
			result = fields{}
		}
		reply["ok"] = true
		reply["result"] = result
	}
	return reply
}

func main() {
	var writing sync.Mutex
	output := json.NewEncoder(os.Stdout)
	input := bufio.NewReader(os.Stdin)
	for {
		line, err := input.ReadBytes('\n')
		if err != nil {
			return // the suite has closed stdin: nothing more is asked, whatever the clients are at
		}
		var request fields
		if json.Unmarshal(line, &request) != nil {
			continue
		}
		go func() {
			reply := answer(request)
			writing.Lock()
			defer writing.Unlock()
			if output.Encode(reply) != nil {
				os.Exit(1)
			}
		}()
	}
}
