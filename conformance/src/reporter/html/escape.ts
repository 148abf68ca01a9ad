const entities: { readonly [character: string]: string } = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** A text as it may stand in HTML, also between quotes: what a peer sends must never become markup of a report. */
export const escape = (text: string): string => text.replaceAll(/[&<>"']/g, (character) => entities[character] ?? '');

/** A sentence of the specification: its code stays code, its links become their words. */
export const sentenceHtml = (sentence: string): string => escape(sentence.replaceAll(/\[([^\]]+)\]\([^)]*\)/g, '$1')).replaceAll(/`([^`]+)`/g, '<code>$1</code>');

/** The class of an outcome or a status. */
export const classOf = (status: string): string => status.replaceAll(' ', '-');

/** A status as a small coloured word. */
export const chip = (status: string): string => `<b class="chip ${classOf(status)}">${escape(status)}</b>`;
