// Does nothing, for ever.
setInterval(() => undefined, 60_000);
