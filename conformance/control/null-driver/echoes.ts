// Gives every line back as it came, like cat.
process.stdin.pipe(process.stdout);
