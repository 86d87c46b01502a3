/** Time limits and retries of one Graph source. Milliseconds, unless the name says otherwise. */
export interface Limits {
  /** From sending one request to having its whole answer. */
  request: number;
  /** The same for a hunting query: the service itself ends one after 200 seconds. */
  hunting: number;
  /** All pages of one dataset, retries and waiting included. Sign-in reports allow 5 requests in 10 s: a large tenant takes its time. */
  dataset: number;
  /** The whole scan. What is not read by then is incomplete, and says so. */
  scan: number;
  /** How often one dataset is begun anew when its pages break off. */
  readings: number;
  /** Repetitions of one request after 429, 5xx or a broken connection. */
  retries: number;
  /** Repetitions of one request that ran into its time limit: a service that hangs mostly goes on hanging. */
  timeoutRetries: number;
  /** First wait where the service names none; doubles each time, with full jitter. */
  backoff: number;
  /** Longest single wait of the back-off. */
  backoffCap: number;
  /** Requests in flight at once: more than the lists of a small tenant wait for each other. */
  concurrency: number;
  /** Chains one list is cut into at most: each holds a page in memory. */
  chains: number;
  /** Bytes of one answer, unpacked. Graph's largest pages are a few MB. */
  body: number;
}

export const defaultLimits: Limits = {
  request: 45_000,
  hunting: 210_000,
  dataset: 3_600_000,
  scan: 4 * 3_600_000,
  readings: 5,
  retries: 5,
  timeoutRetries: 1,
  backoff: 500,
  backoffCap: 15_000,
  concurrency: 16,
  chains: 8,
  body: 64 * 1024 * 1024,
};
