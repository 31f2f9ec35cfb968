// Prints as JSON what the sitemap on standard input holds, or with the argument `index`
// the index; anything that is not in the protocol ends it.
import { Readable } from "node:stream";

import { ErrorLevel, XMLToSitemapIndexStream, XMLToSitemapItemStream } from "sitemap";

const Stream = process.argv[2] === "index" ? XMLToSitemapIndexStream : XMLToSitemapItemStream;
const chunks = [];
for await (const chunk of process.stdin) chunks.push(chunk);
const stream = Readable.from([Buffer.concat(chunks)]).pipe(
  new Stream({ level: ErrorLevel.THROW }),
);
const items = [];
for await (const item of stream) items.push(item);
process.stdout.write(JSON.stringify(items));
