// Writes lines without end that are no answers.
const write = (): void => {
  while (process.stdout.write(`${'noise '.repeat(20)}\n`));
};
process.stdout.on('drain', write);
process.stdin.resume();
write();
