import { isMicrosofts, ownershipOf } from '../../src/datasets/app-ownership.ts';
import { externalConnections } from '../../src/datasets/graph/externalConnections.ts';
import { servicePrincipals } from '../../src/datasets/graph/servicePrincipals.ts';
import { defineCheck, type Finding, failIfAny } from '../../src/kit/kit.ts';
import { list } from '../../src/lib/text.ts';

const ailing: Readonly<Record<string, string>> = {
  draft: 'was begun and never finished',
  obsolete: 'is obsolete',
  limitExceeded: 'has reached its limit and takes no new content',
};

export default defineCheck({
  id: 'external-connections-unreviewed',
  title: 'No outside data is copied into search without review',
  failTitle: 'Outside data is copied into search',
  why: 'Connectors copy files, tickets or wikis into Microsoft search and Copilot; a wrong one shows them to everyone.',
  severity: 'medium',
  controls: [],
  references: [
    { label: 'Microsoft Graph connectors', url: 'https://learn.microsoft.com/microsoftsearch/connectors-overview' },
    { label: 'externalConnection resource', url: 'https://learn.microsoft.com/graph/api/resources/externalconnectors-externalconnection' },
  ],
  remediation: {
    effort: 'medium',
    impact: 'People no longer find the content of a removed connection in search and Copilot.',
    steps: [
      'Microsoft 365 admin center > Copilot > Connectors (or Settings > Search & intelligence > Data sources): open each connection named here.',
      'Ask its owner which content it copies and who may see it; test with an ordinary account.',
      'Remove connections nobody needs; repair or remove those that are unfinished, obsolete or full.',
      'What stays: accept it in the configuration with a reason and an end date.',
    ],
    command: 'Remove-MgExternalConnection -ExternalConnectionId <connection-id>',
    rollback: 'A removed connection must be set up and filled again.',
  },
  needs: { externalConnections, servicePrincipals },

  evaluate(evidence, { tenant }) {
    const apps = new Map(evidence.servicePrincipals.map((app) => [app.appId?.toLowerCase(), app]));
    const findings = evidence.externalConnections.map((connection): Finding => {
      const writers = (connection.configuration?.authorizedAppIds ?? []).map((appId) => appId.toLowerCase());
      const gone = writers.filter((appId) => !apps.has(appId));
      const outside = writers.filter((appId) => {
        const app = apps.get(appId);
        return app !== undefined && !isMicrosofts(app) && ownershipOf(app, tenant.id) !== 'own';
      });
      const troubles = [
        ...(connection.state && ailing[connection.state] ? [ailing[connection.state] ?? ''] : []),
        ...(gone.length > 0 ? ['may be filled by an app that is not in this tenant'] : []),
        ...(outside.length > 0 ? [`is filled by the outside app ${list([...outside].sort().map((appId) => apps.get(appId)?.displayName || appId))}`] : []),
      ];
      const name = connection.name || connection.id;
      const message = `${name} copies outside data into search${troubles.length > 0 ? ` and ${list(troubles)}` : '; nobody has accepted it yet'}.`;
      return {
        subject: { type: 'externalConnection', id: connection.id, name },
        message,
        facts: { state: connection.state ?? 'unknown', writers: [...writers].sort().join(', ') },
      };
    });
    return failIfAny(findings, evidence.externalConnections.length);
  },
});
