import { readFileSync, statSync } from 'node:fs';
import type { Logo } from '../model/brand.ts';

/** Every report carries the picture in itself. */
const mostBytes = 200_000;

/** Reads the picture a config names; what is wrong with it is an Error with one sentence. The content says what it is, not the name. */
export function readLogo(path: string): Logo {
  const found = statOf(path);
  if (!found.isFile()) throw new Error(`${path} is not a file.`);
  if (found.size > mostBytes) throw new Error(`${path} is ${Math.ceil(found.size / 1000)} kB large; a logo may have ${mostBytes / 1000} kB.`);
  const content = contentOf(path);
  const mediaType = mediaTypeOf(content);
  if (!mediaType) throw new Error(`${path} is not a picture of a kind that is known here. Known: SVG, PNG, JPEG.`);
  return { mediaType, base64: content.toString('base64') };
}

function statOf(path: string) {
  try {
    return statSync(path);
  } catch (error) {
    throw unreadable(path, error);
  }
}

function contentOf(path: string): Buffer {
  try {
    return readFileSync(path);
  } catch (error) {
    throw unreadable(path, error);
  }
}

function unreadable(path: string, error: unknown): Error {
  return new Error(`${path} cannot be read (${(error as NodeJS.ErrnoException).code ?? 'unknown'}).`);
}

const png = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const jpeg = Buffer.from([0xff, 0xd8, 0xff]);

/**
 * An SVG may hold scripts and links to elsewhere. It is shown as an `<img>` and never as part of the page: there browsers run and load nothing of it.
 */
function mediaTypeOf(content: Buffer): Logo['mediaType'] | undefined {
  if (content.subarray(0, png.length).equals(png)) return 'image/png';
  if (content.subarray(0, jpeg.length).equals(jpeg)) return 'image/jpeg';
  const start = content
    .toString('utf8')
    .replace(/^\ufeff?\s*(<\?xml[^>]*\?>\s*)?/, '')
    .replace(/^((<!--[\s\S]*?-->|<!DOCTYPE[^>[]*(\[[^\]]*\])?\s*>)\s*)*/i, '');
  return /^<svg[\s>]/.test(start) ? 'image/svg+xml' : undefined;
}
