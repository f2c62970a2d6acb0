import { Document, isMap, isScalar, isSeq, visit } from 'yaml';
import type { Manifest } from './manifest.ts';
import { EVENTS, INSTALLATION_EVENTS, SCOPES, STEP_EVENTS } from './permissions.ts';

const FROM_MANIFEST = 'api.slack.com/apps → Create New App → From a manifest.';
const DISTRIBUTED_WITH_STEP = [
  'Slack limits an app with a workflow step to the workspaces of one organization. For public distribution or the',
  'Slack Marketplace, add --without-step.',
];

/** Comments on settings, by key. */
const WHY_SETTING: Readonly<Record<string, string>> = {
  org_deploy_enabled: 'a whole organization can install it; Slack requires this for workflow steps',
  token_rotation_enabled: 'can’t be turned off again',
  function_runtime: 'the step runs in the bot, not on Slack’s servers',
};

/**
 * Renders a manifest as YAML, with a comment that explains each scope, event and unusual setting.
 *
 * @param remarks lines for the head of the file, after the title
 */
export function manifestToYaml(manifest: Manifest, remarks: readonly string[] = []): string {
  const socket = manifest.settings.socket_mode_enabled;
  const head = [
    socket
      ? `The Slack app, for one workspace over Socket Mode. ${FROM_MANIFEST}`
      : `The Slack app that many workspaces install, over HTTPS. ${FROM_MANIFEST}`,
    ...remarks,
    ...(manifest.functions === undefined || socket ? [] : DISTRIBUTED_WITH_STEP),
  ];
  // Version 1.1 makes the library quote strings that YAML 1.1 reads as other types, such as the option "yes".
  const document = new Document(manifest, { version: '1.1' });
  document.commentBefore = head.map((line) => ` ${line}`).join('\n');
  explain(document, ['oauth_config', 'scopes', 'bot'], SCOPES);
  const events = [...EVENTS, ...STEP_EVENTS, ...INSTALLATION_EVENTS];
  explain(document, ['settings', 'event_subscriptions', 'bot_events'], events);
  explainSettings(document);
  visit(document, {
    Pair(_, { key, value }) {
      if (!isScalar(key)) return;
      if (key.value === 'long_description' && isScalar(value)) value.type = 'BLOCK_FOLDED';
      if (key.value === 'enum' && isSeq(value)) value.flow = true;
      if (key.value === 'choices' && isSeq(value))
        for (const item of value.items) if (isMap(item)) item.flow = true;
    },
  });
  return document.toString({ lineWidth: 110, minContentWidth: 0, flowCollectionPadding: true });
}

function explain(
  document: Document,
  path: readonly string[],
  asked: readonly { readonly name: string; readonly why: string }[],
): void {
  const list = document.getIn(path);
  if (!isSeq(list)) return;
  for (const item of list.items) {
    if (isScalar(item)) item.comment = ` ${asked.find(({ name }) => name === item.value)?.why}`;
  }
}

function explainSettings(document: Document): void {
  const settings = document.get('settings');
  if (!isMap(settings)) return;
  for (const { key, value } of settings.items) {
    const why = isScalar(key) ? WHY_SETTING[String(key.value)] : undefined;
    if (why !== undefined && isScalar(value) && value.value !== false) value.comment = ` ${why}`;
  }
}
