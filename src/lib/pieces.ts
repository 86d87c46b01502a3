/** Text to be written, gathered into pieces of about this many letters: each takes a turn of the disk, however small. */
const pieceLetters = 0x20000;

export function* gathered(texts: Iterable<string>): Generator<string> {
  let parts: string[] = [];
  let letters = 0;
  for (const text of texts) {
    parts.push(text);
    letters += text.length;
    if (letters < pieceLetters) continue;
    yield parts.join('');
    parts = [];
    letters = 0;
  }
  if (letters > 0) yield parts.join('');
}
