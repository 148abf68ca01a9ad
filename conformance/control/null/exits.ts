// Ends at once.
process.exit(0);
