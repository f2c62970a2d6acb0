import type { Json } from './json.ts';
import { Refusal } from './refusal.ts';
import type { Workspace } from './workspace.ts';

/** An input or output of a workflow step, as the app's manifest declares it. */
export interface Parameter {
  readonly name: string;
  readonly type: string;
  readonly isRequired?: boolean;
}

/** A custom workflow step to run. */
export interface WorkflowStep {
  readonly callbackId: string;
  readonly inputs: Json;
  readonly inputParameters?: readonly Parameter[];
  /** If given, outputs that don't match are refused. */
  readonly outputParameters?: readonly Parameter[];
}

/** One run of a step, and its result. */
export interface Execution {
  readonly id: string;
  readonly step: WorkflowStep;
  readonly state: 'running' | 'succeeded' | 'failed';
  readonly outputs?: Json;
  readonly error?: string;
}

/** Runs of workflow steps. A run completes once, with success or an error. */
export class Executions {
  readonly #workspace: Workspace;
  readonly #runs = new Map<string, Execution>();

  constructor(workspace: Workspace) {
    this.#workspace = workspace;
  }

  all(): Execution[] {
    return [...this.#runs.values()];
  }

  start(step: WorkflowStep): Execution {
    const run: Execution = { id: this.#workspace.newId('Fx'), step, state: 'running' };
    this.#runs.set(run.id, run);
    return run;
  }

  succeed(id: string, outputs: Json): void {
    const run = this.#running(id);
    const wrong = (run.step.outputParameters ?? []).filter(({ name, type, isRequired }) =>
      outputs[name] === undefined ? isRequired === true : !matchesType(outputs[name], type),
    );
    if (wrong.length > 0) {
      const messages = wrong.map(({ name, type }) => `[ERROR] ${name} must be a ${type}`);
      throw new Refusal('parameter_validation_failed', { response_metadata: { messages } });
    }
    this.#runs.set(id, { ...run, state: 'succeeded', outputs });
  }

  fail(id: string, error: string): void {
    this.#runs.set(id, { ...this.#running(id), state: 'failed', error });
  }

  #running(id: string): Execution {
    const run = this.#runs.get(id);
    if (run === undefined) throw new Refusal('function_execution_not_found');
    if (run.state !== 'running') throw new Refusal('execution_not_in_running_state');
    return run;
  }
}

/** Slack's own types, such as `slack#/types/user_id`, are strings here. */
function matchesType(value: unknown, type: string): boolean {
  if (type === 'boolean') return typeof value === 'boolean';
  if (type === 'number') return typeof value === 'number';
  if (type === 'integer') return Number.isInteger(value);
  if (type === 'array') return Array.isArray(value);
  return type === 'object' ? typeof value === 'object' : typeof value === 'string';
}
