// Says back what it is told.
process.stdin.pipe(process.stdout);
