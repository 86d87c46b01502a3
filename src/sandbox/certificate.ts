import { randomUUID } from 'node:crypto';
import { generate } from 'selfsigned';

export interface ServerCertificate {
  key: string;
  cert: string;
  /** What a client must trust. */
  caPem: string;
}

/** A fresh authority and a server certificate for loopback; both live as long as the sandbox. */
export async function makeCertificate(): Promise<ServerCertificate> {
  // The dates are those of the machine, not of the tenant: TLS checks them against the real clock.
  const notBeforeDate = new Date(Date.now() - 3_600_000);
  const common = { keyType: 'ec' as const, algorithm: 'sha256', notBeforeDate };
  // A name of its own: OpenSSL finds issuers by name, and a process may trust several sandboxes.
  const authority = await generate([{ name: 'commonName', value: `tidytenant sandbox authority ${randomUUID()}` }], {
    ...common,
    extensions: [
      { name: 'basicConstraints', cA: true, critical: true },
      { name: 'keyUsage', keyCertSign: true, cRLSign: true, critical: true },
    ],
  });
  const server = await generate([{ name: 'commonName', value: 'localhost' }], {
    ...common,
    ca: { key: authority.private, cert: authority.cert },
    extensions: [
      { name: 'basicConstraints', cA: false, critical: true },
      { name: 'keyUsage', digitalSignature: true, critical: true },
      { name: 'extKeyUsage', serverAuth: true },
      {
        name: 'subjectAltName',
        altNames: [
          { type: 2, value: 'localhost' },
          { type: 7, ip: '127.0.0.1' },
        ],
      },
    ],
  });
  return { key: server.private, cert: server.cert, caPem: authority.cert };
}
