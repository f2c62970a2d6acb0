import { z } from 'zod';
import { isObject, type Json } from '../../state/json.ts';
import { defineMethod, jsonArgument, type Method } from './method.ts';

const completeSuccess = defineMethod(
  z.looseObject({ function_execution_id: z.string(), outputs: jsonArgument.pipe(z.custom<Json>(isObject)) }),
  ({ function_execution_id: id, outputs }, { executions }) => {
    executions.succeed(id, outputs);
    return {};
  },
);

const completeError = defineMethod(
  z.looseObject({ function_execution_id: z.string(), error: z.string().min(1) }),
  ({ function_execution_id: id, error }, { executions }) => {
    executions.fail(id, error);
    return {};
  },
);

export const functionsMethods: Readonly<Record<string, Method>> = {
  'functions.completeSuccess': completeSuccess,
  'functions.completeError': completeError,
};
