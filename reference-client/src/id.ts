const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

/**
 * Mints an id with 126 random bits, for a command, a message, a run, or an agent process (COMMAND-1, AGENT-11).
 *
 * @example mintId() // 'v3Kq0…', 21 characters
 */
export const mintId = (): string => Array.from(crypto.getRandomValues(new Uint8Array(21)), (byte) => alphabet.charAt(byte & 63)).join('');
